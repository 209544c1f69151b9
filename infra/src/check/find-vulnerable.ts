import { z } from 'zod'

/** What `pnpm audit --json` prints where the registry answers; it prints only `error` where it does not. */
const Report = z.object({
  advisories: z.record(
    z.string(),
    z.object({ module_name: z.string(), severity: z.string(), title: z.string(), url: z.string() }),
  ),
})
const Failure = z.object({ error: z.object({ message: z.string() }) })

export type Vulnerabilities =
  | { readonly kind: 'not_run'; readonly reason: string }
  | { readonly kind: 'read'; readonly grave: readonly string[]; readonly others: number }

const graveSeverities: ReadonlySet<string> = new Set(['high', 'critical'])

/** Reads the report. What is neither a report nor an error of pnpm's is no report either: it says nothing of any package. */
export function findVulnerable(output: string): Vulnerabilities {
  const parsed = parseJson(output)
  const report = Report.safeParse(parsed)
  if (!report.success) {
    const failure = Failure.safeParse(parsed)
    return { kind: 'not_run', reason: failure.success ? failure.data.error.message : 'pnpm gave no report' }
  }
  const advisories = Object.values(report.data.advisories)
  const grave = advisories.filter(({ severity }) => graveSeverities.has(severity))
  return {
    kind: 'read',
    grave: grave.map(
      ({ module_name, severity, title, url }) => `${module_name}: ${severity}: ${title} (${url})`,
    ),
    others: advisories.length - grave.length,
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
