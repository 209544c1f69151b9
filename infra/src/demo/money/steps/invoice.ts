import { cards } from '../cards.ts'
import { expectThat, orderOf, type Step, secureByCard } from '../play.ts'

const name = 'invoiced.com'

const profile = {
  legal_name: 'Cedar Cards 雪松 GmbH',
  address: ['Beispielweg 7', '10115 Berlin'],
  country: 'DE',
  tax_id: 'DE123456789',
  email: 'accounts@cedar.example',
}

/** What was caught is invoiced on request: one number for the name, however often it is asked for. */
export const invoice: Step = {
  figure: 'invoice_pdf_octets',
  names: [[name, 'ours']],
  before: (play) => secureByCard(play, play.buyer, name, cards.good),
  after: async (play) => {
    const { client } = play.buyer
    const { id, priceMinor } = orderOf(play, name)
    await client.putBillingProfile(profile)
    const issued = await client.requestInvoice(id)
    expectThat(
      issued.gross.amount_minor === priceMinor,
      `${issued.number} is of ${issued.gross.amount_minor}`,
    )
    const again = await client.requestInvoice(id)
    expectThat(again.number === issued.number, `${name} has ${issued.number} and ${again.number}`)
    const pdf = await client.invoicePdf(issued.id)
    const head = Buffer.from(pdf.subarray(0, 5)).toString('latin1')
    expectThat(head === '%PDF-', `the invoice begins with ${head}`)
    play.say(`${name}: invoice ${issued.number}, a PDF of ${pdf.byteLength} octets`)
    return pdf.byteLength
  },
}
