/**
 * Ends this process in order, as Ctrl-C would, once the one that started it with a channel is gone: a
 * comparison that is killed can tell its runs nothing, and they must not go on writing to folders that
 * the next comparison uses.
 */
export function endWithParent(): void {
  if (!process.channel) return;
  process.once("disconnect", () => process.kill(process.pid, "SIGINT"));
  process.channel.unref(); // waiting for it is no reason to go on
}
