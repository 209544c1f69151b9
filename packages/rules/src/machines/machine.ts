/**
 * A state machine is one table: state → event → next state. Core decides with it, and the console enables buttons with it. The
 * functions below accept only states and events of the machine's type, so a misspelt one does not compile.
 */
export type Machine<State extends string, Event extends string> = {
  readonly initial: readonly State[]
  readonly transitions: Readonly<Record<State, Readonly<Partial<Record<Event, State>>>>>
}

/** The state does not allow the event. This is an error in our code, never caused by a user's input. */
export class IllegalTransition extends Error {
  readonly state: string
  readonly event: string

  constructor(state: string, event: string) {
    super(`no transition from '${state}' by '${event}'`)
    this.name = 'IllegalTransition'
    this.state = state
    this.event = event
  }
}

/** The state after `event`, or `undefined` where the table allows none. */
export function peek<State extends string, Event extends string>(
  machine: Machine<State, Event>,
  state: NoInfer<State>,
  event: NoInfer<Event>,
): State | undefined {
  return machine.transitions[state][event]
}

/** The state after `event`. Throws `IllegalTransition` where the table allows none. */
export function next<State extends string, Event extends string>(
  machine: Machine<State, Event>,
  state: NoInfer<State>,
  event: NoInfer<Event>,
): State {
  const after = peek(machine, state, event)
  if (after === undefined) throw new IllegalTransition(state, event)
  return after
}

/** Whether no event leads out of `state`. */
export function isTerminal<State extends string, Event extends string>(
  machine: Machine<State, Event>,
  state: NoInfer<State>,
): boolean {
  return Object.keys(machine.transitions[state]).length === 0
}

/** All states from which `event` is allowed, for a `where state in (…)`. */
export function statesAllowing<State extends string, Event extends string>(
  machine: Machine<State, Event>,
  event: NoInfer<Event>,
): readonly State[] {
  return statesOf(machine).filter((state) => machine.transitions[state][event] !== undefined)
}

/** All states, in the order of the table. */
export function statesOf<State extends string, Event extends string>(
  machine: Machine<State, Event>,
): readonly State[] {
  return Object.keys(machine.transitions) as State[]
}

/** The states that `ends` leads to, with no event out of any of them. */
export function finalStates<State extends string>(
  ends: Readonly<Record<string, State>>,
): Readonly<Record<State, Readonly<Record<never, never>>>> {
  return Object.fromEntries(Object.values(ends).map((state) => [state, {}])) as Record<
    State,
    Record<never, never>
  >
}
