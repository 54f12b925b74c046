/**
 * What a served page runs, and nothing else does: told of a change, it fetches the page again and
 * puts the new body in place, so that the reader stays where they are.
 */
export const liveScript = `
new EventSource("changes").onmessage = async () => {
  const answer = await fetch("./", { cache: "no-store" });
  if (!answer.ok) return;
  const next = new DOMParser().parseFromString(await answer.text(), "text/html");
  const open = Array.from(document.querySelectorAll("details"), (one) => one.open);
  document.title = next.title;
  document.querySelector("main").replaceWith(next.querySelector("main"));
  document.querySelectorAll("details").forEach((one, i) => { one.open = open[i] ?? false; });
};
`.trim();
