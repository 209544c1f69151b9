import { listReservedWords } from '@droplock/core/reserved-words/read'
import { uploadReserved } from '@droplock/core/reserved-words/upload'
import type { Admin, Program } from './admin.ts'
import { readText, readWhole, reasonOption, someText } from './arguments.ts'

export function addReservedVerbs(program: Program, admin: Admin): void {
  const reserved = program
    .command('reserved')
    .description('words of names that cannot be ordered; orders that exist stay')
  reserved
    .command('upload')
    .description('takes a list of words, and replaces the one of this name: CSV with kind,zone,word,reason')
    .argument('<name>', 'what the list is called', someText)
    .argument('<file>', 'the list')
    .option('--dry-run', 'says which names change, and changes nothing')
    .requiredOption(...reasonOption)
    .action(async (name, file, { dryRun = false, reason }) => {
      const command = { name, text: readText(file), reason, dryRun }
      const { changes, rejects, ...upload } = await uploadReserved(admin.ctx(), command)
      const { first = [], ...counts } = changes ?? {}
      admin.print({
        ...upload,
        rejects: rejects.map((reject) => `line ${reject.line}: ${reject.reason}`),
        ...counts,
        changes: first.map(({ name: label, reserved: is, held }) =>
          [label, is ? 'reserved' : 'released', ...(held ? ['has an order'] : [])].join(' '),
        ),
      })
    })
  reserved
    .command('list')
    .description('lists the words in force')
    .action(async () => {
      const words = await readWhole((page) => listReservedWords(admin.ctx(), { ...page, inForce: true }))
      admin.print(
        words.map(({ listName: list, kind, zone, word, reason }) => ({ list, kind, zone, word, reason })),
      )
    })
}
