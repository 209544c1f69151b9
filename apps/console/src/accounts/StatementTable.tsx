import { Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material'
import type { Statement } from '../api/types.ts'
import { countText } from '../format/money.ts'
import { MoneyText } from '../parts/MoneyText.tsx'
import { causeWords } from './cause-words.ts'

/** Opening, what each cause did, closing: read from top to bottom it adds up. */
export function StatementTable({ statement }: { statement: Statement }) {
  const { opening, activity, closing } = statement
  return (
    <Table size="small" aria-label="Statement" sx={{ '& tr:last-child td': { borderBottom: 0 } }}>
      <TableHead>
        <TableRow>
          <TableCell>What</TableCell>
          <TableCell align="right">Lines</TableCell>
          <TableCell align="right">In</TableCell>
          <TableCell align="right">Out</TableCell>
          <TableCell align="right">Balance</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        <Total label="Opening" amount={opening} />
        {activity.map(({ cause, count, credit, debit }) => (
          <TableRow key={cause}>
            <TableCell>{causeWords[cause]}</TableCell>
            <TableCell align="right">{countText(count)}</TableCell>
            <TableCell align="right">
              {credit.amount_minor === 0 ? '–' : <MoneyText amount={credit} />}
            </TableCell>
            <TableCell align="right">
              {debit.amount_minor === 0 ? '–' : <MoneyText amount={debit} />}
            </TableCell>
            <TableCell />
          </TableRow>
        ))}
        <Total label="Closing" amount={closing} />
      </TableBody>
    </Table>
  )
}

function Total({ label, amount }: { label: string; amount: Statement['opening'] }) {
  return (
    <TableRow sx={{ '& td': { fontWeight: 600 } }}>
      <TableCell colSpan={4}>{label}</TableCell>
      <TableCell align="right">
        <MoneyText amount={amount} />
      </TableCell>
    </TableRow>
  )
}
