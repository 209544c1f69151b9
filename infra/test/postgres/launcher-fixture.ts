import { startPostgres } from '../../src/postgres/start.ts'

// A launcher for tests to kill: starts a server on the given folder, says where, and stays.
const [dataFolder = '', port = ''] = process.argv.slice(2)
const postgres = await startPostgres({ dataFolder, port: Number(port), durable: false })
process.on('SIGTERM', () => void postgres.stop().then(() => process.exit(0)))
console.log(JSON.stringify({ url: postgres.url, dataFolder: postgres.dataFolder }))
setInterval(() => undefined, 60_000)
