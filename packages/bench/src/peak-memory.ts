import { readFileSync } from "node:fs";

/**
 * The most memory this process has had resident, in bytes; null where the system does not tell. On Linux it is
 * read off its status: `process.resourceUsage()` starts there with the peak of the parent.
 */
export function peakResidentBytes(): number | null {
  if (process.platform !== "linux") return null;
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"));
  return peak && Number(peak[1]) * 1024;
}
