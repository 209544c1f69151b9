import { escapeXml } from '../epp/write-xml.ts'
import { countStages, describeUse, type Hosted } from './describe-registry.ts'

function accounts(hosted: Hosted): string {
  return describeUse(hosted.registry)
    .map(({ clid, sessions, limits, used, violations }) => {
      const crossed = Object.values(violations).reduce((sum, count) => sum + count, 0)
      return (
        `<tr><td>${escapeXml(clid)}</td><td>${sessions} of ${limits.sessionsMax}</td>` +
        `<td>${used.commands}</td><td>${used.creates}</td><td>${crossed}</td></tr>`
      )
    })
    .join('')
}

function section(hosted: Hosted, nowMs: number): string {
  const { settings } = hosted.registry
  const counts = countStages(hosted.registry)
  return (
    `<h2>${settings.id}</h2><p>EPP over TLS at ${hosted.host}:${hosted.port}; releases: ${settings.release}; ` +
    `zones: ${settings.zones.join(', ')}; registry time ${new Date(nowMs).toISOString()}</p>` +
    `<p>${counts.pending} pending, ${counts.free} free again, ${counts.registered} registered, ` +
    `${counts.restored} restored. <a href="/registries/${settings.id}/drop-list.csv">Drop list</a></p>` +
    '<table><tr><th>account</th><th>sessions</th><th>commands</th><th>creates</th><th>violations</th></tr>' +
    `${accounts(hosted)}</table>`
  )
}

export function writeStatusPage(hosted: readonly Hosted[], nowOf: (hosted: Hosted) => number): string {
  const style = 'body{font:16px/1.5 system-ui;margin:2rem}td,th{text-align:left;padding:0 1.5rem 0 0}'
  return (
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Registry simulator</title><style>${style}</style>` +
    `<h1>Registry simulator</h1>${hosted.map((one) => section(one, nowOf(one))).join('')}</html>`
  )
}
