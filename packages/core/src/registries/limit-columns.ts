import type { ContractLimits } from '@droplock/rules/registries/contract-limits'
import type { RegistryAccountTable } from '../database/tables.gen.ts'

/** The column of each limit of a contract. */
export const limitColumns = {
  sessionsMax: 'sessions_max',
  commandsPerSecondMax: 'commands_per_second_max',
  commandsPerMinuteMax: 'commands_per_minute_max',
  idleSecondsMax: 'idle_seconds_max',
  sessionLifeSecondsMax: 'session_life_seconds_max',
  sessionCommandsMax: 'session_commands_max',
  sessionGapMs: 'session_gap_ms',
  nameGapMs: 'name_gap_ms',
  loginPauseMs: 'login_pause_ms',
  errorPauseMs: 'error_pause_ms',
  failedCreatesPerDayMax: 'failed_creates_per_day_max',
  checksCountAsFailed: 'checks_count_as_failed',
  transitMsMax: 'transit_ms_max',
  commandsInFlightMax: 'commands_in_flight_max',
} as const satisfies Record<keyof ContractLimits, keyof RegistryAccountTable>

type LimitColumn = (typeof limitColumns)[keyof ContractLimits]

export type LimitRow = Pick<RegistryAccountTable, LimitColumn>

/** A limit that is left out is null: as the profile has it. */
export function limitRow(limits: ContractLimits): LimitRow {
  const values = Object.entries(limitColumns).map(([limit, column]) => [
    column,
    limits[limit as keyof ContractLimits] ?? null,
  ])
  return Object.fromEntries(values) as LimitRow
}

export function limitsOf(row: LimitRow): ContractLimits {
  const set = Object.entries(limitColumns).flatMap(([limit, column]) =>
    row[column] === null ? [] : [[limit, row[column]]],
  )
  return Object.fromEntries(set) as ContractLimits
}
