import { type Network, startFaultyProxy } from '@droplock/epp/conformance/faulty-proxy'

/** A proxy between a process and its database, so that a test can make the database unavailable to that process only. */
export type Gate = {
  readonly url: string
  /** `refusing`: connections are reset, and new ones too. `silent`: connections stay open but nothing is passed on. */
  readonly close: (how: 'refusing' | 'silent') => void
  readonly open: () => void
  readonly end: () => Promise<void>
}

const closed: Readonly<Record<'refusing' | 'silent', Network>> = {
  refusing: { refuses: true },
  silent: { up: { silence: 'lost' }, down: { silence: 'lost' } },
}

export async function openGate(databaseUrl: string): Promise<Gate> {
  const url = new URL(databaseUrl)
  const proxy = await startFaultyProxy(url.hostname, Number(url.port))
  url.hostname = '127.0.0.1'
  url.port = String(proxy.port)
  return {
    url: url.href,
    close: (how) => proxy.impose(closed[how]),
    open: () => proxy.impose({}),
    end: () => proxy.stop(),
  }
}
