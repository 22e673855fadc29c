/** How long somebody has to wait, in whole minutes. */
export function minutesOf(seconds: string): number {
  return Math.ceil(parseInt(seconds, 10) / 60) || 1
}
