/** The steps of a connection test, in their order. */
export const connectionSteps = ['credentials', 'connect', 'greeting', 'login', 'hello'] as const

export type ConnectionStep = (typeof connectionSteps)[number]

/** Why no TLS connection was opened: nothing answered, our authorities do not vouch for the certificate, or the handshake failed otherwise. */
export const connectFailures = ['unreachable', 'certificate_refused', 'tls_failed'] as const

export type ConnectFailure = (typeof connectFailures)[number]

/** What a connection test has found so far. Milliseconds; times are ISO 8601. */
export type ConnectionFindings = {
  /** The hosts that were tried, the last one being the one that answered, if any did. */
  readonly hosts: readonly {
    readonly host: string
    readonly port: number
    readonly failure?: ConnectFailure
    readonly message?: string
  }[]
  /** Each step that was done, with how long it took. */
  readonly steps: readonly { readonly step: ConnectionStep; readonly tookMs: number }[]
  readonly certificate?: { readonly subject: string; readonly issuer: string; readonly expiresAt: string }
  readonly greeting?: {
    readonly serverName: string
    readonly serverTime?: string
    readonly versions: readonly string[]
    readonly langs: readonly string[]
    readonly objects: readonly string[]
    readonly extensions: readonly string[]
  }
  /** The registry's clock minus ours, and the bound of its error. */
  readonly clock?: { readonly offsetMs: number; readonly errorMs: number }
}

export type ConnectionSucceeded = { readonly kind: 'succeeded'; readonly findings: ConnectionFindings }

export type ConnectionFailed = {
  readonly kind: 'failed'
  readonly step: ConnectionStep
  readonly findings: ConnectionFindings
  /** The registry's, where it refused. */
  readonly code: number | undefined
  readonly message: string
}

/** A catcher looks for tests every two seconds, and an account that is driven closes its sessions first. */
export const CONNECTION_TEST_TAKEN_SECONDS_MAX = 60

/** A login waits a minute where the registry counts commands by the minute; each step has a limit of its own. */
export const CONNECTION_TEST_SECONDS_MAX = 180

/**
 * No test is requested when a name of the registry drops within this, or is in its window: the account would have no session for some
 * seconds. Longer than the catcher's own lead, so that it does not put off what was accepted.
 */
export const CONNECTION_TEST_QUIET_SECONDS = 180
