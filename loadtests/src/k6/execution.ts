import { currentIteration } from './context.ts'

export const scenario = {
  get name() {
    return currentIteration().scenario
  },
  get executor() {
    return currentIteration().executor
  },
  get startTime() {
    return currentIteration().startedAtMs
  },
  get iterationInInstance() {
    return currentIteration().iterationInScenario
  },
  get iterationInTest() {
    return currentIteration().iterationInScenario
  },
}

export const vu = {
  get idInTest() {
    return currentIteration().vu
  },
  get idInInstance() {
    return currentIteration().vu
  },
  get iterationInScenario() {
    return currentIteration().iterationInVu
  },
  get iterationInInstance() {
    return currentIteration().iterationInVu
  },
}

export const test = {
  /** Ends the run at once. */
  abort(reason = 'the script aborted the test'): never {
    throw new TestAborted(reason)
  },
}

export class TestAborted extends Error {
  override readonly name = 'TestAborted'
}

export default { scenario, vu, test }
