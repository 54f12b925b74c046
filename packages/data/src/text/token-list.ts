/** Numbers added one by one: a typed array that doubles, where an array of numbers would take thrice the memory. */
export interface TokenList {
  push(token: number): void;
  readonly length: number;
  /** All of them; what is pushed later is not in it. */
  toArray(): Int32Array;
}

/** An empty list. */
export function createTokenList(): TokenList {
  let data = new Int32Array(1024);
  let length = 0;
  return {
    push(token) {
      if (length === data.length) {
        const larger = new Int32Array(2 * length);
        larger.set(data);
        data = larger;
      }
      data[length++] = token;
    },
    get length() {
      return length;
    },
    toArray: () => data.slice(0, length),
  };
}
