import type { SecurityEvent } from '../extensions/login-sec.ts'

/** What a pool tells its owner, for logs and alarms. No text in it holds a secret. */
export type PoolEvent =
  | { readonly kind: 'session_ready'; readonly sessions: number }
  | {
      readonly kind: 'session_ended'
      readonly sessions: number
      readonly reason: string
      readonly code?: number
    }
  | {
      readonly kind: 'session_refused'
      readonly sessions: number
      readonly reason: string
      readonly code?: number
    }
  /** What the registry told at login of passwords, certificates and ciphers that run out. */
  | { readonly kind: 'security_event'; readonly event: SecurityEvent }
  /** The registry allows fewer sessions than we were told (2502 at login). */
  | { readonly kind: 'sessions_reduced'; readonly target: number }
  /** No session will be opened any more until an operator has looked. */
  | { readonly kind: 'alarm'; readonly reason: string; readonly code?: number }
