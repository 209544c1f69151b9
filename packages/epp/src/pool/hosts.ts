import type { Endpoint, TlsTickets } from '../session/wire.ts'

/** One of a registry's hosts, with the TLS session that a reconnect resumes. */
type Host = { readonly endpoint: Endpoint; readonly tickets: TlsTickets }

/** The hosts of one phase. All sessions go to one; when it gives no connection any more, to the next, and so around. */
export class Hosts {
  readonly #hosts: readonly Host[]
  #at = 0

  constructor(endpoints: readonly Endpoint[]) {
    this.#hosts = endpoints.map((endpoint) => ({ endpoint, tickets: {} }))
  }

  /** Throws `RangeError` without any. */
  get current(): Host {
    const host = this.#hosts[this.#at]
    if (host === undefined) throw new RangeError('a registry has at least one host')
    return host
  }

  /** No session came about on `host`. Those who tried it at the same time count once. */
  failed(host: Host): void {
    if (host === this.current) this.#at = (this.#at + 1) % this.#hosts.length
  }
}
