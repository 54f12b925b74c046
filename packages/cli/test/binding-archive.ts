/**
 * A CRISPR binding set of one record, as Python's tarfile and pickle (protocol 2) write it: 210 times A, with a
 * sequence of each split on it.
 */
export const bindingArchive: Uint8Array = Buffer.from(
  "H4sIAAAAAAACA+3VP07DMBQGcCctaYsQZ2DMVJqShhExMeQCWaLKNGljEaV5sYtYKjH1bsDGCTgKL+GPqkqoS1sk+H5DbD85TmTpsyeV0mV1nhRynEgj++VdLnZtwALfb1q22Q4u/OC739Q9b+SNxNlAHMBCG1nx58X/9GgvSYQiJit65eH1n0O21H0BP5h85L9KZbK3A2Bb/oeXw838B4GP/B8w/0uy3Pppu5HD1TwtZiajVmhFpzxURZI+jMu5VkbNC2qHIjrhcr1zZjyfTnVq6IiLx1xMi+Sr5IRPUYtL8lZS5+bq7XPDQ2tJXTfjxTNeKTvi1gmfs/UZ/FO99Rk2z3hZn7FApneaf13myui93P7b8+8N/c3810cC8n+o/LtRl7umkqpQxYysmOyQD4UVtWST6XuZK74cmuzHddJDa0WOjNr1W6k21Impy1V7RT25QDIBAAAAAAAAAAAAAAAAAH7BO3HNa1wAKAAA",
  "base64",
);
