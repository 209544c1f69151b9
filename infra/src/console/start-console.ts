import {
  type Database,
  type Environment,
  type EnvironmentPlan,
  filled,
  startEnvironment,
} from '../environment/environment.ts'
import { makeBriefOutput } from '../launch/output.ts'
import { buildConsole } from '../pages/build-pages.ts'
import { makeFixture } from './fixture/make-fixture.ts'

/** Away from where `npm start` serves it. */
const FIRST_PORT = 18_100

/**
 * The built console and its API as a process of their own, as operators have them, on a database with the fixture. `database` is
 * migrated and empty; without it one is started.
 */
export async function startConsole(
  database?: Database,
  stop: AbortSignal = new AbortController().signal,
  /** Further apps on the same database, and further settings of the API. */
  { 'console-api': settings = {}, ...apps }: EnvironmentPlan['apps'] = {},
): Promise<Environment> {
  await buildConsole()
  const starting = startEnvironment(
    {
      name: 'console',
      firstPort: FIRST_PORT,
      registries: [],
      apps: {
        'console-api': {
          DROPLOCK_PUBLICATION: 'at_once',
          DROPLOCK_LOG_LEVEL: 'error',
          // Longer than all pictures or tests of one sign-in take.
          DROPLOCK_STEP_UP_SECONDS: '7200',
          ...settings,
        },
        ...apps,
      },
      ...(database && { database }),
    },
    makeBriefOutput(process.stderr),
    stop,
  )
  return filled(starting, ({ ctx }) => makeFixture(ctx))
}
