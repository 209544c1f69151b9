import { Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material'
import type { MonthDetail } from '../api/types.ts'
import { words } from '../format/words.ts'
import { AppLink, listLink, recordLink } from '../parts/links.tsx'
import { Nothing, Section } from '../parts/Page.tsx'
import { TimeText } from '../parts/texts.tsx'

export type OpenItem = MonthDetail['open_items'][number]

/** What is not finished. Each is explained by whoever proposes the close, and the explanation is kept with the month. */
export function OpenItems({ month: { open_items, state } }: { month: MonthDetail }) {
  const isExplained = state !== 'open'
  return (
    <Section title={state === 'closed' ? 'Open at the close' : 'Open items'}>
      {open_items.length === 0 ? (
        <Nothing title="Nothing is open" />
      ) : (
        <Table size="small" aria-label="Open items" sx={{ '& tr:last-child td': { borderBottom: 0 } }}>
          <TableHead>
            <TableRow>
              <TableCell>Since</TableCell>
              <TableCell>Kind</TableCell>
              <TableCell>What is open</TableCell>
              {isExplained ? <TableCell>Explanation</TableCell> : null}
            </TableRow>
          </TableHead>
          <TableBody>
            {open_items.map((item) => (
              <TableRow key={item.id}>
                <TableCell>
                  <TimeText at={item.since} precision="minutes" />
                </TableCell>
                <TableCell>
                  <AppLink to={pageOf[item.kind](item.id)}>{words(kindTexts[item.kind])}</AppLink>
                </TableCell>
                <TableCell sx={{ overflowWrap: 'anywhere' }}>{item.detail}</TableCell>
                {isExplained ? <TableCell>{item.explanation ?? '–'}</TableCell> : null}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Section>
  )
}

export const kindTexts: Readonly<Record<OpenItem['kind'], string>> = {
  reconciliation_item: 'mismatch',
  finance_task: 'finance task',
  refund: 'refund',
}

const pageOf: Readonly<Record<OpenItem['kind'], (id: string) => string>> = {
  reconciliation_item: () => listLink('reconciliation'),
  finance_task: (id) => recordLink('finance-tasks', id),
  refund: (id) => recordLink('refunds', id),
}
