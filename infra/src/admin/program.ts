import { Command } from '@commander-js/extra-typings'

/** Where the command writes: the streams of the process, or what a test reads. */
export type Streams = { readonly out: (text: string) => void; readonly err: (text: string) => void }

/** The command without its verbs: it throws where another would end the process. */
export function newProgram({ out, err }: Streams) {
  return new Command('npm run admin --')
    .description('Sets up a Droplock installation and runs it. DATABASE_URL names the database.')
    .option('--json', 'write the result as JSON on one line, an error too')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: err, outputError: () => undefined })
}

export type Program = ReturnType<typeof newProgram>
