import { Stack, Typography } from '@mui/material'
import type { Seller } from '../api/types.ts'
import { basisPointsOf, percentText } from '../format/money.ts'
import { CheckboxInput, FormDialog, ReasonInput, TextInput } from '../parts/Form.tsx'
import { useAction } from '../parts/hooks.ts'

type Values = {
  readonly name: string
  readonly address: string
  readonly country: string
  readonly taxId: string
  readonly percent: string
  readonly note: string
  readonly reverseCharge: boolean
  readonly reason: string
}

type SellerDialogProps = { readonly now: Seller; readonly onClose: () => void }

/** Asks for all of the seller's details at once: the server replaces them together. */
export function SellerDialog({ now: { database_mode, seller }, onClose }: SellerDialogProps) {
  const save = useAction({
    send: (api, values: Values) => api.post<Seller>('seller', termsOf(values)),
    done: (saved) => `Invoices are now issued by ${saved.seller?.legal_name}.`,
    onDone: onClose,
  })
  return (
    <FormDialog<Values>
      title={seller === undefined ? 'Set seller' : 'Edit seller'}
      action="Save"
      initial={valuesOf(seller)}
      change={save}
      onClose={onClose}
    >
      <Typography>
        Applies to new invoices.
        {database_mode === 'test' ? ' This is a test database: its invoices are marked TEST.' : ''}
      </Typography>
      <TextInput<Values> name="name" label="Legal name" required />
      <TextInput<Values>
        name="address"
        label="Address"
        required
        multiline
        minRows={2}
        maxRows={ADDRESS_LINES_MAX}
        isValid={(address) => linesOf(address).length <= ADDRESS_LINES_MAX}
        helperText={`Up to ${ADDRESS_LINES_MAX} lines, as on an envelope, without the country`}
      />
      <TaxInputs />
      <TextInput<Values>
        name="note"
        label="Note on invoices"
        helperText="Optional, printed on every invoice"
      />
      <CheckboxInput<Values>
        name="reverseCharge"
        label="Reverse charge: no tax for businesses with a VAT ID in another EU country"
      />
      <ReasonInput />
    </FormDialog>
  )
}

function TaxInputs() {
  return (
    <Stack direction="row" sx={{ gap: 2 }}>
      <TextInput<Values>
        name="country"
        label="Country"
        required
        clean={(country) => country.toUpperCase()}
        isValid={(country) => /^[A-Z]{2}$/.test(country.trim())}
        helperText="Two letters, for example IE"
        sx={{ flex: 1 }}
      />
      <TextInput<Values>
        name="taxId"
        label="Tax ID"
        helperText="Optional, for example a VAT number"
        sx={{ flex: 1 }}
      />
      <TextInput<Values>
        name="percent"
        label="Tax in prices (%)"
        required
        isValid={(percent) => basisPointsOf(percent) !== undefined}
        helperText="Included in prices, for example 19.5"
        slotProps={{ htmlInput: { inputMode: 'decimal' } }}
        sx={{ flex: 1 }}
      />
    </Stack>
  )
}

/** The contract's own bound: an invoice has room for so many. */
const ADDRESS_LINES_MAX = 6

function linesOf(address: string): readonly string[] {
  return address
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

function valuesOf(seller: Seller['seller']): Values {
  return {
    name: seller?.legal_name ?? '',
    address: seller?.address.join('\n') ?? '',
    country: seller?.country ?? '',
    taxId: seller?.tax_id ?? '',
    percent: seller === undefined ? '' : percentText(seller.tax_basis_points),
    note: seller?.tax_note ?? '',
    reverseCharge: seller?.reverse_charge ?? false,
    reason: '',
  }
}

function termsOf({ name, address, country, taxId, percent, note, reverseCharge, reason }: Values) {
  return {
    legal_name: name,
    address: linesOf(address),
    country,
    tax_basis_points: basisPointsOf(percent),
    ...(taxId === '' ? {} : { tax_id: taxId }),
    ...(note === '' ? {} : { tax_note: note }),
    reverse_charge: reverseCharge,
    reason,
  }
}
