import type { Endpoint, TlsTickets } from '../session/wire.ts'

/** One of a registry's hosts, with the TLS session that a new connection resumes. */
type Host = { readonly endpoint: Endpoint; readonly tickets: TlsTickets }

/** The hosts of one phase. All sessions use one host. When it opens no session any more they use the next one, in turn. */
export class Hosts {
  readonly #hosts: readonly Host[]
  #at = 0

  constructor(endpoints: readonly Endpoint[]) {
    this.#hosts = endpoints.map((endpoint) => ({ endpoint, tickets: {} }))
  }

  /** Throws `RangeError` without hosts. */
  get current(): Host {
    const host = this.#hosts[this.#at]
    if (host === undefined) throw new RangeError('a registry has at least one host')
    return host
  }

  /** Reports that no session could be opened on `host`. Attempts at the same time count once. */
  failed(host: Host): void {
    if (host === this.current) this.#at = (this.#at + 1) % this.#hosts.length
  }
}
