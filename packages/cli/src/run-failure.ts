/** A run that started and could not go on: one line that says why. Exit code 3. */
export class RunFailure extends Error {
  override readonly name = "RunFailure";
}
