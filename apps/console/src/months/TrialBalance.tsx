import { Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material'
import type { Money, MonthDetail } from '../api/types.ts'
import { countText } from '../format/money.ts'
import { words } from '../format/words.ts'
import { Nothing, Section } from '../parts/Page.tsx'
import { MoneyText } from '../parts/texts.tsx'

type Line = MonthDetail['balances'][number]

/** The balances of each currency; below them their sums, of which the last is 0. */
export function TrialBalance({ month: { balances } }: { month: MonthDetail }) {
  if (balances.length === 0)
    return (
      <Section title="Trial balance">
        <Nothing title="No postings" />
      </Section>
    )
  const byCurrency = Map.groupBy(balances, ({ closing }) => closing.currency)
  return [...byCurrency].map(([currency, lines]) => (
    <Section key={currency} title={`Trial balance, ${currency}`}>
      <BalanceTable currency={currency} lines={lines} />
    </Section>
  ))
}

const columns = ['opening', 'debit', 'credit', 'closing'] as const

function BalanceTable({ currency, lines }: { currency: string; lines: readonly Line[] }) {
  return (
    <Table
      size="small"
      aria-label={`Trial balance in ${currency}`}
      sx={{ '& tr:last-child td': { borderBottom: 0 } }}
    >
      <TableHead>
        <TableRow>
          <TableCell>Ledger account</TableCell>
          <TableCell align="right">Postings</TableCell>
          {columns.map((column) => (
            <TableCell key={column} align="right">
              {words(column)}
            </TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {lines.map((line) => (
          <TableRow key={line.ledger_account}>
            <TableCell>{words(line.ledger_account)}</TableCell>
            <TableCell align="right">{countText(line.postings)}</TableCell>
            {columns.map((column) => (
              <AmountCell key={column} amount={line[column]} />
            ))}
          </TableRow>
        ))}
        <TableRow sx={{ '& td': { fontWeight: 600 } }}>
          <TableCell>Sum</TableCell>
          <TableCell align="right">
            {countText(lines.reduce((sum, { postings }) => sum + postings, 0))}
          </TableCell>
          {columns.map((column) => (
            <AmountCell key={column} amount={sumOf(lines, column, currency)} isSum />
          ))}
        </TableRow>
      </TableBody>
    </Table>
  )
}

function sumOf(lines: readonly Line[], column: (typeof columns)[number], currency: string): Money {
  return { amount_minor: lines.reduce((sum, line) => sum + line[column].amount_minor, 0), currency }
}

function AmountCell({ amount, isSum = false }: { amount: Money; isSum?: boolean }) {
  return (
    <TableCell align="right" sx={{ fontVariantNumeric: 'tabular-nums' }}>
      {amount.amount_minor === 0 && !isSum ? (
        <Typography component="span" color="textSecondary">
          –
        </Typography>
      ) : (
        <MoneyText amount={amount} />
      )}
    </TableCell>
  )
}
