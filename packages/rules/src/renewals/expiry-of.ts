import { addYears } from '../schedule/add-years.ts'

/** When a new registration ends: what the registry told, or else after the one year that rule 8 registers for. */
export function expiryOf(crDate: Date, exDate: Date | undefined): Date {
  return exDate !== undefined && exDate > crDate ? exDate : addYears(crDate, 1)
}
