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

/** Who issues invoices. Without one none is issued. */
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
      about="Who issues invoices. A change holds from now on; what was issued stays as it is."
      actions={data === undefined ? undefined : <SetButton seller={data} />}
    >
      {error === null ? null : <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data === undefined ? null : <Standing seller={data} />}
      {data?.seller === undefined ? null : (
        <Section title="On every invoice">
          <SellerFacts seller={data.seller} />
        </Section>
      )}
    </Page>
  )
}

function SetButton({ seller }: { seller: Seller }) {
  const maySet = useMay('seller:set')
  const [isOpen, setOpen] = useState(false)
  if (!maySet) return null
  return (
    <>
      <Button variant={seller.seller === undefined ? 'contained' : 'outlined'} onClick={() => setOpen(true)}>
        {seller.seller === undefined ? 'Set the seller' : 'Change'}
      </Button>
      {isOpen ? <SellerDialog now={seller} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

/** What is wrong, and what it means. */
function Standing({ seller: { database_mode, seller } }: { seller: Seller }) {
  const maySet = useMay('seller:set')
  if (seller === undefined) {
    return (
      <Alert severity="warning" sx={{ mb: 2 }}>
        <AlertTitle>The seller is not set</AlertTitle>
        No invoice is issued: every request for one, by a customer or here, is answered “unavailable”.
        {maySet ? '' : ' A finance approver sets it.'}
      </Alert>
    )
  }
  if (seller.mode === database_mode) return null
  return (
    <Alert severity="error" sx={{ mb: 2 }}>
      <AlertTitle>
        The seller is set for {seller.mode}, and this server’s database is {database_mode}
      </AlertTitle>
      A gateway with this setting does not start. Where the setting DATABASE_MODE is right, set the seller
      again; once anything was issued, it is the setting that is wrong.
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
        ['Tax id', seller.tax_id ?? 'none'],
        ['Tax contained in prices', `${percentText(seller.tax_basis_points)} %`],
        ['Note', seller.tax_note],
        ['Mode', seller.mode === 'test' ? 'Test: invoices say so' : words(seller.mode)],
        ['Set', <TimeText key="set" at={seller.updated_at} />],
      ]}
    />
  )
}
