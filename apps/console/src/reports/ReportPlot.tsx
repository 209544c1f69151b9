import { Box, Paper, ToggleButton, ToggleButtonGroup, Typography, useTheme } from '@mui/material'
import { BarChart } from '@mui/x-charts/BarChart'
import { useState } from 'react'
import type { Money } from '../api/types.ts'
import { moneyText } from '../format/money.ts'
import { timeText } from './report-rows.ts'

/** One bar of each day or month; below zero where the money went out. */
export type PlottedSeries<Row> = {
  readonly label: string
  readonly amountOf: (row: Row) => Money
  readonly isOut?: boolean
}

type ReportPlotProps<Row> = {
  readonly title: string
  readonly unit: 'day' | 'month'
  /** All days or months of the period. */
  readonly times: readonly string[]
  readonly rows: readonly Row[]
  readonly series: readonly PlottedSeries<Row>[]
}

/** A report over time, one currency at a time: amounts of two are never in one plot. The table below has the same figures. */
export function ReportPlot<Row extends { readonly group: string; readonly currency: string }>({
  title,
  unit,
  times,
  rows,
  series,
}: ReportPlotProps<Row>) {
  const { palette } = useTheme()
  const [chosen, setChosen] = useState<string>()
  const currencies = [...new Set(rows.map(({ currency }) => currency))]
  const currency = currencies.find((each) => each === chosen) ?? currencies[0]
  if (currency === undefined) return null
  const plotted = new Map(rows.filter((row) => row.currency === currency).map((row) => [row.group, row]))
  const major = majorOf(currency)
  const inMajor = (minor: number | null) =>
    minor === null ? '' : moneyText({ amount_minor: Math.round(minor / major), currency })
  return (
    <Paper component="figure" aria-label={title} sx={{ m: 0, mb: 2, p: 1.5, pb: 0.5 }}>
      <Box sx={{ display: 'flex', alignItems: 'center', minHeight: 30 }}>
        <Typography component="figcaption" variant="h3" sx={{ flexGrow: 1 }}>
          {title} by {unit}, in {currency}
        </Typography>
        {currencies.length < 2 ? null : (
          <ToggleButtonGroup
            exclusive
            size="small"
            aria-label="Currency of the plot"
            value={currency}
            onChange={(_event, value: unknown) => {
              if (typeof value === 'string') setChosen(value)
            }}
          >
            {currencies.map((each) => (
              <ToggleButton key={each} value={each} sx={{ py: 0, height: 28 }}>
                {each}
              </ToggleButton>
            ))}
          </ToggleButtonGroup>
        )}
      </Box>
      <BarChart
        height={200}
        series={series.map(({ label, amountOf, isOut = false }) => ({
          label,
          stack: 'all',
          data: times.map((time) => {
            const row = plotted.get(time)
            return row === undefined ? null : (isOut ? -1 : 1) * amountOf(row).amount_minor * major
          }),
          valueFormatter: inMajor,
        }))}
        colors={[palette.primary.main, palette.warning.main]}
        xAxis={[
          {
            data: [...times],
            scaleType: 'band',
            valueFormatter: (group: string) => (unit === 'month' ? timeText(group) : group.slice(5)),
          },
        ]}
        yAxis={[{ width: 64 }]}
        grid={{ horizontal: true }}
        skipAnimation
        margin={{ top: 12, right: 12, bottom: 4, left: 4 }}
      />
    </Paper>
  )
}

/** How much of a major unit a minor one is: 0.01 of USD, 1 of JPY. */
function majorOf(currency: string): number {
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions()
  return 10 ** -maximumFractionDigits
}
