import { escapeXml } from '../epp/xml.ts'
import { countStages, describeUse, type Hosted } from './reads.ts'

/** How often the page reloads itself. */
const REFRESH_SECONDS = 2

function crossed(violations: Readonly<Record<string, number>>): string {
  const counts = Object.entries(violations).filter(([, count]) => count > 0)
  return counts.map(([limit, count]) => `${limit} ${count}`).join(', ') || 'none'
}

type Used = ReturnType<typeof describeUse>[number]

function amount(minor: number): string {
  return (minor / 100).toFixed(2)
}

/** The charges by operation and class, as `create premium 1 at 500.00`: the count, and the sum of all. */
function charges({ charged }: Used): string {
  return charged
    .map(({ operation, class: tier, count, minor }) => `${operation} ${tier} ${count} at ${amount(minor)}`)
    .join(', ')
}

function accounts(hosted: Hosted): string {
  const { currency } = hosted.registry.settings.fee
  return describeUse(hosted.registry)
    .map((account) => {
      const { clid, sessions, limits, used, violations, spentMinor, messages } = account
      const cells = [
        escapeXml(clid),
        `${sessions} of ${limits.sessionsMax}`,
        used.commands,
        used.creates,
        messages,
        `${amount(spentMinor)} ${currency}`,
        charges(account),
        crossed(violations),
      ]
      return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
    })
    .join('')
}

function faults({ registry }: Hosted): string {
  const planned = registry.faults.faults.map(({ kind, injected }) => `${kind} (injected ${injected})`)
  return planned.length === 0 ? '' : `<p>Faults: ${planned.join(', ')}</p>`
}

function section(hosted: Hosted, nowMs: number): string {
  const { settings } = hosted.registry
  const counts = countStages(hosted.registry)
  const files = `<a href="/registries/${settings.id}/drop-list.csv">Drop list</a> · <a href="/registries/${settings.id}/report.csv">Account report</a>`
  const headings = [
    'account',
    'sessions',
    'commands',
    'creates',
    'messages',
    'spent',
    'charged',
    'violations',
  ]
  return (
    `<h2>${settings.id}</h2><p>EPP over TLS at ${hosted.host}:${hosted.port}; profile: ${settings.profile ?? 'none'}; ` +
    `releases: ${settings.release}; zones: ${settings.zones.join(', ')}; registry time ${new Date(nowMs).toISOString()}</p>` +
    `<p>${counts.pending} pending, ${counts.free} free again, ${counts.registered} registered, ` +
    `${counts.restored} restored. ${files}</p>${faults(hosted)}` +
    `<table><tr>${headings.map((heading) => `<th>${heading}</th>`).join('')}</tr>${accounts(hosted)}</table>`
  )
}

export function writeStatusPage(hosted: readonly Hosted[], nowOf: (hosted: Hosted) => number): string {
  const style = 'body{font:16px/1.5 system-ui;margin:2rem}td,th{text-align:left;padding:0 1.5rem 0 0}'
  return (
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="${REFRESH_SECONDS}">` +
    `<title>Registry simulator</title><style>${style}</style>` +
    `<h1>Registry simulator</h1>${hosted.map((one) => section(one, nowOf(one))).join('')}</html>`
  )
}
