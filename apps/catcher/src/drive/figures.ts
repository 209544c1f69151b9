import type { StatusReport } from '@droplock/core/registry-status/report'
import type { AccountLimits } from '@droplock/epp/pool/limits'

/** What is reported of an account that is driven. */
export type Figures = Pick<
  StatusReport,
  'sessions' | 'dropSessions' | 'creates' | 'createsFreeAt' | 'clock' | 'names'
> & { readonly limits: AccountLimits }
