import { Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material'
import type { Money } from '../api/types.ts'
import { countText } from '../format/money.ts'
import { Section } from '../parts/Page.tsx'
import { AmountText } from './AmountText.tsx'

type TotalsProps<Total> = {
  readonly title: string
  readonly totals: readonly Total[]
  /** The count of each, and what it counts. */
  readonly counted: readonly [label: string, of: (total: Total) => number]
  readonly amounts: readonly (readonly [label: string, of: (total: Total) => Money])[]
}

/** The sums of a report: a row for each currency, because they are never added up. */
export function Totals<Total extends { readonly currency: string }>({
  title,
  totals,
  counted: [countLabel, countOf],
  amounts,
}: TotalsProps<Total>) {
  if (totals.length === 0) return null
  return (
    <Section title={title}>
      <Table size="small" aria-label={title}>
        <TableHead>
          <TableRow>
            <TableCell>Currency</TableCell>
            <TableCell align="right">{countLabel}</TableCell>
            {amounts.map(([label]) => (
              <TableCell key={label} align="right">
                {label}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {totals.map((total) => (
            <TableRow key={total.currency} sx={{ '& td': { fontWeight: 600 } }}>
              <TableCell>{total.currency}</TableCell>
              <TableCell align="right">{countText(countOf(total))}</TableCell>
              {amounts.map(([label, of]) => (
                <TableCell key={label} align="right">
                  <AmountText amount={of(total)} />
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Section>
  )
}
