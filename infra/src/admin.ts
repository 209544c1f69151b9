import { runAdmin } from './admin/run-admin.ts'

// `npm run admin -- VERB …`: sets an installation up and runs it. Exit code 1 when something was refused; then nothing was done.
process.exitCode = await runAdmin(process.argv.slice(2), process.env)
