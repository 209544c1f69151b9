import { Button, Typography } from '@mui/material'
import { useState } from 'react'
import type { Money, PriceUpload } from '../api/types.ts'
import { moneyText } from '../format/money.ts'
import { counted } from '../format/words.ts'
import { type FigureColumn, FigureTable } from '../parts/FigureTable.tsx'
import { useMay } from '../parts/hooks.ts'
import { UploadListDialog } from './UploadListDialog.tsx'

export function UploadPricesButton() {
  const maySet = useMay('prices:set')
  const [isOpen, setOpen] = useState(false)
  if (!maySet) return null
  return (
    <>
      <Button variant="contained" onClick={() => setOpen(true)}>
        Upload price list
      </Button>
      {isOpen ? (
        <UploadListDialog<PriceUpload>
          title="Upload price list"
          path="price-lists"
          member="title"
          columns="kind,zone,match,currency,amount,starts_at"
          example={'kind,zone,match,currency,amount,starts_at\nlength,,1-3,USD,250.00,2027-01-01T00:00:00Z'}
          about="A line without an amount ends a price. A line without a start applies at once. Orders keep their price."
          preview={(answer) => <Preview answer={answer} />}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  )
}

type Change = NonNullable<PriceUpload['changes']>['first'][number]

function Preview({ answer: { prices, later, changes } }: { answer: PriceUpload }) {
  return (
    <>
      <Typography>
        {counted(prices, 'price')}, {later} of them at a later time.
        {changes === undefined
          ? ''
          : ` Of the names that can be ordered, ${changes.dearer} become dearer, ${changes.cheaper} cheaper, ${changes.added} get a price and ${changes.ended} lose it.`}
      </Typography>
      {changes === undefined || changes.first.length === 0 ? null : (
        <FigureTable
          rows={changes.first.slice(0, CHANGES_SHOWN_MAX)}
          keyOf={({ name, currency }) => `${name} ${currency}`}
          columns={columns}
        />
      )}
    </>
  )
}

const CHANGES_SHOWN_MAX = 10

const priceText = (price: Money | undefined) => (price === undefined ? 'None' : moneyText(price))

const columns: readonly FigureColumn<Change>[] = [
  { label: 'Name', render: ({ name }) => name },
  { label: 'Currency', render: ({ currency }) => currency },
  { label: 'Price now', isFigure: true, render: ({ before }) => priceText(before) },
  { label: 'Price afterwards', isFigure: true, render: ({ after }) => priceText(after) },
]
