import { Alert, AlertTitle, Button } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useDataProvider } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { Seller } from '../api/types.ts'
import { percentText } from '../format/money.ts'
import { words } from '../format/words.ts'
import { Facts } from '../parts/Facts.tsx'
import { useMay } from '../parts/hooks.ts'
import { Page, Section } from '../parts/Page.tsx'
import { ProblemAlert } from '../parts/ProblemAlert.tsx'
import { TimeText } from '../parts/texts.tsx'
import { SellerDialog } from './SellerDialog.tsx'

/** The seller that issues invoices. Without one, no invoice is issued. */
export function SellerPage() {
  const api = useDataProvider<ConsoleDataProvider>()
  const { data, error, refetch } = useQuery<Seller>({
    queryKey: ['seller'],
    queryFn: () => api.get<Seller>('seller'),
    retry: false,
  })
  return (
    <Page
      title="Seller"
      about="The company that issues invoices. A change applies to new invoices; issued ones never change."
      actions={data === undefined ? undefined : <EditButton seller={data} />}
    >
      {error === null ? null : <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data === undefined ? null : <Warnings seller={data} />}
      {data?.seller === undefined ? null : (
        <Section title="Details on invoices">
          <SellerFacts seller={data.seller} />
        </Section>
      )}
    </Page>
  )
}

function EditButton({ seller }: { seller: Seller }) {
  const maySet = useMay('seller:set')
  const [isOpen, setOpen] = useState(false)
  if (!maySet) return null
  return (
    <>
      <Button variant={seller.seller === undefined ? 'contained' : 'outlined'} onClick={() => setOpen(true)}>
        {seller.seller === undefined ? 'Set seller' : 'Edit'}
      </Button>
      {isOpen ? <SellerDialog now={seller} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

/** What is wrong, its effect, and what to do. */
function Warnings({ seller: { database_mode, seller } }: { seller: Seller }) {
  const maySet = useMay('seller:set')
  if (seller === undefined) {
    return (
      <Alert severity="warning" sx={{ mb: 2 }}>
        <AlertTitle>The seller is not set</AlertTitle>
        No invoice can be issued until then.{' '}
        {maySet ? 'Set the seller.' : 'Ask a finance approver to set it.'}
      </Alert>
    )
  }
  if (seller.mode === database_mode) return null
  return (
    <Alert severity="error" sx={{ mb: 2 }}>
      <AlertTitle>
        The seller is set for {seller.mode}, but this database is {database_mode}
      </AlertTitle>
      The gateway does not start like this. If invoices were issued already, correct DATABASE_MODE; otherwise,
      correct whichever is wrong: DATABASE_MODE, or the seller by setting it again.
    </Alert>
  )
}

function SellerFacts({ seller }: { seller: NonNullable<Seller['seller']> }) {
  return (
    <Facts
      facts={[
        ['Legal name', seller.legal_name],
        [
          'Address',
          <span key="address" style={{ whiteSpace: 'pre-line' }}>
            {[...seller.address, seller.country].join('\n')}
          </span>,
        ],
        ['Tax ID', seller.tax_id ?? 'None'],
        ['Tax in prices', `${percentText(seller.tax_basis_points)} %`],
        ['Note', seller.tax_note],
        ['Reverse charge', seller.reverse_charge === true ? 'For businesses in other EU countries' : 'No'],
        ['Mode', seller.mode === 'test' ? 'Test: invoices are marked TEST' : words(seller.mode)],
        ['Last changed', <TimeText key="set" at={seller.updated_at} />],
      ]}
    />
  )
}
