import { Stack, TextField, Typography } from '@mui/material'
import { useState } from 'react'
import type { Seller } from '../api/types.ts'
import { basisPointsOf, percentText } from '../format/money.ts'
import { useAction } from '../parts/hooks.ts'
import { ReasonDialog } from '../parts/ReasonDialog.tsx'

type SellerDialogProps = { readonly now: Seller; readonly onClose: () => void }

type Typed = {
  readonly name: string
  readonly address: string
  readonly country: string
  readonly taxId: string
  readonly percent: string
  readonly note: string
}

/** Everything at once: the server replaces the whole of it. */
export function SellerDialog({ now: { database_mode, seller }, onClose }: SellerDialogProps) {
  const [typed, setTyped] = useState(() => typedOf(seller))
  const terms = termsOf(typed)
  const set = useAction({
    send: (api, reason: string) => api.post<Seller>('seller', { ...terms, reason }),
    done: () => `${typed.name.trim()} issues invoices from now on.`,
    onDone: onClose,
  })
  return (
    <ReasonDialog
      title={seller === undefined ? 'Set the seller' : 'Change the seller'}
      action="Set"
      isIncomplete={terms === undefined}
      isSending={set.isPending}
      error={set.error}
      onConfirm={(reason) => set.mutate(reason)}
      onClose={onClose}
    >
      <Typography>
        It stands on every invoice from now on.
        {database_mode === 'test' ? ' This is a test database: what it issues says TEST.' : ''}
      </Typography>
      <SellerFields typed={typed} onChange={(changes) => setTyped({ ...typed, ...changes })} />
    </ReasonDialog>
  )
}

type FieldsProps = { readonly typed: Typed; readonly onChange: (changes: Partial<Typed>) => void }

function SellerFields({ typed, onChange }: FieldsProps) {
  const { country, percent } = typed
  return (
    <>
      <TextField
        label="Legal name"
        required
        value={typed.name}
        onChange={({ target }) => onChange({ name: target.value })}
      />
      <TextField
        label="Address"
        required
        multiline
        minRows={2}
        maxRows={addressLinesMax}
        value={typed.address}
        onChange={({ target }) => onChange({ address: target.value })}
        helperText="Its lines as on an envelope, without the country; six at most"
      />
      <Stack direction="row" sx={{ gap: 2 }}>
        <TextField
          label="Country"
          required
          value={country}
          onChange={({ target }) => onChange({ country: target.value.toUpperCase() })}
          error={country !== '' && !isCountry(country)}
          helperText="Two letters, such as IE"
          sx={{ flex: 1 }}
        />
        <TextField
          label="Tax id"
          value={typed.taxId}
          onChange={({ target }) => onChange({ taxId: target.value })}
          helperText="Such as a VAT number"
          sx={{ flex: 1 }}
        />
        <TextField
          label="Tax in prices (%)"
          required
          value={percent}
          onChange={({ target }) => onChange({ percent: target.value })}
          error={percent !== '' && basisPointsOf(percent) === undefined}
          helperText="Contained, such as 19.5"
          slotProps={{ htmlInput: { inputMode: 'decimal' } }}
          sx={{ flex: 1 }}
        />
      </Stack>
      <TextField
        label="Note on invoices"
        value={typed.note}
        onChange={({ target }) => onChange({ note: target.value })}
        helperText="Such as a reverse charge; may be empty"
      />
    </>
  )
}

/** The contract's own bound: a page has room for so many. */
const addressLinesMax = 6

function isCountry(text: string): boolean {
  return /^[A-Z]{2}$/.test(text.trim())
}

function typedOf(seller: Seller['seller']): Typed {
  return {
    name: seller?.legal_name ?? '',
    address: seller?.address.join('\n') ?? '',
    country: seller?.country ?? '',
    taxId: seller?.tax_id ?? '',
    percent: seller === undefined ? '' : percentText(seller.tax_basis_points),
    note: seller?.tax_note ?? '',
  }
}

/** What is sent; `undefined` while something is missing or wrong. */
function termsOf({ name, address, country, taxId, percent, note }: Typed) {
  const lines = address
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const basisPoints = basisPointsOf(percent)
  const isFine =
    name.trim() !== '' && lines.length > 0 && lines.length <= addressLinesMax && isCountry(country)
  if (!isFine || basisPoints === undefined) return undefined
  return {
    legal_name: name.trim(),
    address: lines,
    country: country.trim(),
    tax_basis_points: basisPoints,
    ...(taxId.trim() === '' ? {} : { tax_id: taxId.trim() }),
    ...(note.trim() === '' ? {} : { tax_note: note.trim() }),
  }
}
