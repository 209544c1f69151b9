import { startTemporaryPostgres } from '../../src/postgres/temporary.ts'

// A test run for tests to kill.
const { dataFolder } = await startTemporaryPostgres()
console.log(JSON.stringify({ dataFolder }))
setInterval(() => undefined, 60_000)
