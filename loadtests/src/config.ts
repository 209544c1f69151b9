/** The environment as a script sees it in `__ENV`: all of it, as under `k6 run`. */
export function readEnvironment(): Readonly<Record<string, string | undefined>> {
  return { ...process.env }
}
