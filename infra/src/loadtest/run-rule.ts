/** What a run of a scenario is asked for. */
export type RunRule = {
  /** Requests a second that are due; of a burst, names that drop. */
  readonly perSecond: number
  /** Names that the scenario has to itself. */
  readonly names: number
  readonly seconds: number
  readonly accounts: number
  /** Streams of events that are held open. */
  readonly streams: number
  /** A deliberate fault: for so long from the first drop on, nothing can be settled. 0 for none. */
  readonly stallMs: number
}
