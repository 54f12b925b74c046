import type { Command } from "commander";

/** `muir data` and the flags of its commands. */
export function addData(program: Command): { readonly fetch: Command; readonly info: Command } {
  const data = program
    .command("data")
    .description("fetch datasets, and look at what is in them")
    .addHelpText("after", examples);
  const fetch = data
    .command("fetch <name>")
    .summary("download cifar10, wikitext2 or crispr; verify and unpack it")
    .description(
      "Downloads cifar10, wikitext2 or crispr, verifies size and SHA-256, and unpacks it into the cache folder. A download that broke off is gone on with.",
    )
    .option("--url <address>", "another address of the archive")
    .option("--from <file>", "an archive that you have, in place of a download")
    .option("--sha256 <digits>", "what the archive's SHA-256 must be")
    .option("--force", "fetch again, in the place of what is there");
  const info = data
    .command("info <data>")
    .summary("counts, shapes and first examples of a dataset, file or folder")
    .description(
      "Counts, shapes and first examples of cifar10, wikitext2 or crispr, or of a file or folder of yours.",
    )
    .option("--sequence <column>", "of a table: the column of the sequences (default: sequence)")
    .option("--score <column>", "of a table: the column of the scores (default: score)")
    .option("--out <file>", "PNG to draw images in: the first ten of each class")
    .option("--force", "overwrite that file");
  for (const command of [fetch, info]) {
    command
      .option("--cache <dir>", "folder of fetched data (default: MUIR_CACHE, or the user's own)")
      .option("--json", "print JSON, nothing else");
  }
  return { fetch, info };
}

const examples = `
Examples:
  muir data fetch cifar10                  170 MB, into the cache folder
  muir data fetch cifar10 --from cifar-10-binary.tar.gz
  muir data info cifar10 --out cifar10.png
  muir data info guides.tsv --sequence longSeq --score modFreq`;
