import {
  Box,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  type Theme,
  Typography,
  useMediaQuery,
} from '@mui/material'
import type { ReactNode } from 'react'

export type FigureColumn<Row> = {
  readonly label: string
  readonly render: (row: Row) => ReactNode
  /** A number, or a few words that stand in a column with numbers. */
  readonly isFigure?: boolean
  /** Takes a whole line on a telephone. */
  readonly isWide?: boolean
}

type FigureTableProps<Row> = {
  readonly rows: readonly Row[]
  /** The first one names the row. */
  readonly columns: readonly FigureColumn<Row>[]
  readonly keyOf: (row: Row) => string
}

/** A table of few rows and many figures. On a telephone each row is a block: its name, and below it the figures with their labels. */
export function FigureTable<Row>(props: FigureTableProps<Row>) {
  const isNarrow = useMediaQuery((theme: Theme) => theme.breakpoints.down('sm'))
  return isNarrow ? <Blocks {...props} /> : <Rows {...props} />
}

function Rows<Row>({ rows, columns, keyOf }: FigureTableProps<Row>) {
  return (
    <Table size="small">
      <TableHead>
        <TableRow>
          {columns.map(({ label, isFigure }) => (
            <TableCell key={label} align={isFigure ? 'right' : 'left'}>
              {label}
            </TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={keyOf(row)}>
            {columns.map(({ label, isFigure, render }) => (
              <TableCell
                key={label}
                align={isFigure ? 'right' : 'left'}
                sx={isFigure ? { whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' } : {}}
              >
                {render(row)}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

function Blocks<Row>({ rows, columns, keyOf }: FigureTableProps<Row>) {
  const [name, ...others] = columns
  return (
    <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
      {rows.map((row) => (
        <Box
          component="li"
          key={keyOf(row)}
          sx={{ px: 2, py: 1, borderBottom: 1, borderColor: 'divider', '&:last-child': { borderBottom: 0 } }}
        >
          <Box sx={{ overflowWrap: 'anywhere' }}>{name?.render(row)}</Box>
          <Box
            component="dl"
            sx={{
              display: 'grid',
              gridTemplateColumns: 'repeat(3, minmax(0, 1fr))',
              columnGap: 1.5,
              rowGap: 0.5,
              m: 0,
              mt: 0.5,
            }}
          >
            {others.map(({ label, isWide, render }) => (
              <Box key={label} sx={isWide ? { gridColumn: '1 / -1' } : {}}>
                {label === '' ? null : (
                  <Typography variant="caption" color="textSecondary" component="dt">
                    {label}
                  </Typography>
                )}
                <Box component="dd" sx={{ m: 0, overflowWrap: 'anywhere' }}>
                  {render(row)}
                </Box>
              </Box>
            ))}
          </Box>
        </Box>
      ))}
    </Box>
  )
}
