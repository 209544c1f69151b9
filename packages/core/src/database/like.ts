/** LIKE's own signs in a search text are text. A-labels have none, but what a caller sends may. */
export function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`)
}
