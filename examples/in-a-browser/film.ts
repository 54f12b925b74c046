/** A picture that grows by a row a generation: one column a task, one colour a hypermodule. */
export interface Film {
  add(alignment: ArrayLike<number>): void;
}

/** Draws on a canvas, whose size it sets to one pixel a task and generation. */
export function createFilm(
  canvas: HTMLCanvasElement,
  { tasks, generations }: { tasks: number; generations: number },
): Film {
  canvas.width = tasks;
  canvas.height = generations;
  const context = canvas.getContext("2d")!;
  let row = 0;
  return {
    add(alignment) {
      for (let task = 0; task < tasks; task++) {
        context.fillStyle = colour(alignment[task]!);
        context.fillRect(task, row, 1, 1);
      }
      row++;
    },
  };
}

/** Steps of the golden angle: neighbours in number differ in hue. */
function colour(module: number): string {
  return `hsl(${(module * 137.508) % 360} 60% ${module % 2 === 0 ? 45 : 65}%)`;
}
