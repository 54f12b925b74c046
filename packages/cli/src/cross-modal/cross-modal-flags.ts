/** What the command line says of a cross-modal run's configuration. */
export interface CrossModalFlags {
  readonly config?: string;
  readonly preset?: string;
  readonly tasks?: string;
  readonly method?: string;
  readonly seed?: number;
  readonly backend?: string;
  readonly threads?: number;
  readonly generations?: number;
  readonly "data.cifar10"?: string;
  readonly "data.wikitext2"?: string;
  readonly "data.crispr"?: string;
  readonly set?: readonly string[];
}
