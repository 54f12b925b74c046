import type { LayerLike } from "./layers-model-like.js";

/** A layer somewhere in a model. */
export interface FoundLayer {
  /** Names on the way to it, with points between. Wrappers and what they wrap have one name. */
  readonly path: string;
  /** The class it is known as: `Dense`, and `LSTM` for the cell of an LSTM layer. */
  readonly type: string;
  readonly layer: LayerLike;
}

/** What layers that consist of others keep them as. */
interface Parts {
  /** A model's. */
  readonly layers?: readonly LayerLike[];
  /** Bidirectional's, made from the layer that it was given, which it never uses. */
  readonly forwardLayer?: LayerLike;
  readonly backwardLayer?: LayerLike;
  /** TimeDistributed's, and other wrappers'. */
  readonly layer?: LayerLike;
  /** A recurrent layer's. */
  readonly cell?: LayerLike;
  /** Stacked cells'. */
  readonly cells?: readonly LayerLike[];
}

/**
 * All layers of a model, of models in it, and inside wrappers, each once; what a layer consists of stands
 * before it.
 */
export function foundLayers(model: LayerLike): FoundLayer[] {
  const seen = new Set<LayerLike>();
  return within({ path: "", type: model.getClassName(), layer: model }).filter(({ layer }) => {
    const isNew = !seen.has(layer); // a model in the model may use layers of the outer one
    seen.add(layer);
    return isNew;
  });
}

function within(found: FoundLayer): FoundLayer[] {
  return [...partsOf(found).flatMap(within), found];
}

function partsOf({ path, type, layer }: FoundLayer): FoundLayer[] {
  const { layers, forwardLayer, backwardLayer, layer: wrapped, cell, cells } = layer as Parts;
  const at = (part: LayerLike, path: string, type = part.getClassName()) => ({
    path,
    type,
    layer: part,
  });
  const below = (name: string) => (path === "" ? name : `${path}.${name}`);
  if (layers !== undefined) return layers.map((part) => at(part, below(part.name)));
  if (forwardLayer !== undefined && backwardLayer !== undefined) {
    return [at(forwardLayer, below("forward")), at(backwardLayer, below("backward"))];
  }
  if (cells !== undefined) return cells.map((part, i) => at(part, below(`cell${i + 1}`)));
  if (cell !== undefined) {
    return [type === "RNN" ? at(cell, path) : at(cell, path, type)]; // an LSTM's cell is known as LSTM
  }
  return wrapped === undefined ? [] : [at(wrapped, path)];
}
