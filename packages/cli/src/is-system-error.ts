/** What the operating system refuses while a run goes on: a full disk, a folder that went away. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error && "code" in error;
}
