// Written by `npm run generate` from packages/contracts/openapi.json.

export interface paths {
    readonly "/v1/listings": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Search the names that are about to drop
         * @description All filters must match. The label is the name without its zone. Read the pages by `next`; new names may appear in between.
         */
        readonly get: operations["searchListings"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/listings/{name}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read the latest listing of a name
         * @description A name can be listed again after an earlier drop; this is its latest listing, ended ones included. `orderable` says whether an order would be taken now; to know all reasons against it, use `POST /v1/backorder-checks`.
         */
        readonly get: operations["getListing"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/backorders": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List the account's backorders, newest first
         * @description Filters can be combined. The counts are of all orders that match, not of this page.
         */
        readonly get: operations["listBackorders"];
        readonly put?: never;
        /**
         * Secure a name
         * @description The first account that orders and pays gets the backorder exclusively. There is no auction, and a paid order cannot be cancelled. If the name is not caught, the full price is refunded. An order by card is valid even if the payment provider does not answer in time: it then has no `client_secret` yet; read the payment later to get it. The contacts that the order has, and whether they are at the registry, are shown when you read it: they are made there after the order.
         */
        readonly post: operations["placeBackorder"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/backorders/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read a backorder with its attempts, outcome and payments
         * @description Everything that is known of the order: its terms, the contacts it names, the newest attempts with times and answers of the registry, the outcome with its evidence, payments and refunds.
         */
        readonly get: operations["getBackorder"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/backorders/{id}/attempts": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List the attempts for a backorder, newest first
         * @description Every command that was sent for the name, with its time to the millisecond, the registry's answer and its transaction id. A long drop has tens of thousands of them. Some months after the decision only the first, the deciding and the charged attempt remain.
         */
        readonly get: operations["listAttempts"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/backorders/{id}/release": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Release an unpaid backorder
         * @description The name is available to others immediately and cannot be held unpaid again in this cycle. A payment that is captured anyway secures the name if it is still free, and is refunded otherwise. A paid order cannot be cancelled.
         */
        readonly post: operations["releaseBackorder"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/backorder-checks": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Check an order without placing it (dry run)
         * @description Takes the body of an order and says what the order would take and every reason against it, not only the first. Nothing is written and nothing is reserved: the order itself is decided anew. It is an operation of its own, and no option of the order, so that a forgotten option never spends money.
         */
        readonly post: operations["checkBackorder"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/backorders/{id}/timeline": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read what happened to a backorder, in order
         * @description Of the commands to the registry it has the first and the one that decided the result; the list of attempts has them all.
         */
        readonly get: operations["getBackorderTimeline"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/refunds": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List the account's refunds, newest first
         * @description A refund is created automatically when a paid order fails, and for money that arrives too late or twice.
         */
        readonly get: operations["listRefunds"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/refunds/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read a refund
         * @description `destination` says whether it goes back to the original payment or to your balance.
         */
        readonly get: operations["getRefund"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/backorders/{id}/payments": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Open another card payment for a held backorder
         * @description For another attempt while the backorder is held; `pay_by` stays the same. A declined payment may also be paid with another card. If two payments are captured, one secures the backorder and the other is refunded.
         */
        readonly post: operations["payBackorder"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/payments": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Open a card payment for a name without holding it
         * @description For a name that can no longer be held unpaid (`hold_not_available`). The name is not reserved in the meantime: the first captured payment secures it and then has a `backorder_id`. A payment that is captured too late is refunded automatically.
         */
        readonly post: operations["payForName"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/payments/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read a payment with its refunds
         * @description While it waits for its payer the answer has what the payer's browser needs: `client_secret`, and `publishable_key` or `pay_url`.
         */
        readonly get: operations["getPayment"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/renewals/{id}/payments": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Open another card payment for an unpaid renewal
         * @description For another attempt while the renewal is unpaid; `pay_by` stays the same. A declined payment may also be paid with another card. If two payments are captured, one pays the renewal and the other is refunded.
         */
        readonly post: operations["payRenewal"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/registrations": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List caught names, newest first
         * @description Names that were caught for your account, including those that have ended.
         */
        readonly get: operations["listRegistrations"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/registrations/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read a registration
         * @description Name servers, contacts and statuses are as the registry last reported them, at `confirmed_at`.
         */
        readonly get: operations["getRegistration"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/registrations/{id}/name-servers": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /**
         * Change the name servers of a name
         * @description The list replaces the name servers of the name. Hosts that the registry does not know are created there; a host below the name itself gets exactly the given addresses (glue). It is carried out outside of drops. A name has one change of its name servers at a time; repeating the request while it is in progress returns the same one.
         */
        readonly put: operations["setNameServers"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/registrations/{id}/contacts": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /**
         * Change the contacts of a name
         * @description The latest version of each contact is made at the registry if it is not there yet, and set for every role that the registry keeps. A name has one change of its contacts at a time; repeating the request while it is in progress returns the same one.
         */
        readonly put: operations["setContacts"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/registrations/{id}/auth-code": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Request an auth code, to transfer a name to another registrar
         * @description A new auth code is set at the registry; an earlier one is no longer valid. When the request has succeeded, show it with `POST /v1/registration-requests/{id}/auth-code`. It is valid for a week. While an auth code is being set, repeating the request returns the same one.
         */
        readonly post: operations["requestAuthCode"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/registration-requests": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List requests for changes of registrations, newest first
         * @description Changes of name servers and contacts, and auth codes. A request is sent to the registry within seconds.
         */
        readonly get: operations["listRegistrationRequests"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/registration-requests/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read a request for a change of a registration
         * @description Poll it, or wait for the event `registration_request.succeeded` or `registration_request.failed`.
         */
        readonly get: operations["getRegistrationRequest"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/registration-requests/{id}/auth-code": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Show an auth code, once
         * @description The auth code is stored nowhere and can be shown once. If the answer is lost, request another one.
         */
        readonly post: operations["showAuthCode"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/contacts": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List the account's contacts, newest first
         * @description Contacts belong to the account: a key of a sub-account with `contacts:read` sees them all, and any order may name each of them.
         */
        readonly get: operations["listContacts"];
        readonly put?: never;
        /**
         * Create a contact
         * @description A contact has its address in the internationalised form (`int`), the localised form (`loc`), or both; most registries need `int`. It is made at a registry when an order or a change needs it there. A repetition with the same `Idempotency-Key` answers with the contact as it is then: personal data is not kept with the answer.
         */
        readonly post: operations["createContact"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/contacts/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read a contact
         * @description The answer has the `ETag` that an edit needs, and says at which registries the contact exists.
         */
        readonly get: operations["getContact"];
        /**
         * Change a contact
         * @description Replaces the whole contact. Orders keep the version that they named, and registered names keep theirs until their contacts are changed.
         */
        readonly put: operations["changeContact"];
        readonly post?: never;
        /**
         * Delete a contact
         * @description Its details are erased here; what a registry has of it stays there. A contact that is in use cannot be deleted.
         */
        readonly delete: operations["deleteContact"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/registrations/{id}/renewal-quote": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Request a quote for the renewal of a caught name
         * @description Order with the price and the expiry date of the quote: the order is refused if either has changed since.
         */
        readonly get: operations["quoteRenewal"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/registrations/{id}/renewals": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Renew a caught name
         * @description Repeat the price and the expiry date of a quote: if either has changed, nothing is ordered. A name that has expired is renewed at the same price until its `renewable_until`. A name has one renewal at a time, so a repeated order is never paid twice. If the registry refuses, the full price is refunded.
         */
        readonly post: operations["orderRenewal"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/renewals": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List the account's renewals, newest first
         * @description Renewals of all your names, whatever became of them.
         */
        readonly get: operations["listRenewals"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/renewals/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read a renewal
         * @description A renewal is decided when the registry has answered; if it fails, the full price is refunded.
         */
        readonly get: operations["getRenewal"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/top-ups": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Open a card payment that tops up the balance
         * @description The balance increases when the payment is captured.
         */
        readonly post: operations["topUp"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/balance": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read the balance of the account
         * @description `available` is what an order can use now: the balance and the credit limit. `in_escrow` is paid for orders that are not decided yet.
         */
        readonly get: operations["getBalance"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/transactions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List the transactions of the balance, newest first
         * @description Everything that moved the balance: top-ups, orders, refunds, and disputes. With `from` and `to` the lines of the statement of that period.
         */
        readonly get: operations["listTransactions"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/statement": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read the account statement of a period
         * @description The period includes `from` and ends just before `to`, so that statements of consecutive periods add up.
         */
        readonly get: operations["getStatement"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/forecast": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Forecast the cost of names that close soon and of renewals that are due
         * @description What would be needed until the end of the period, and by how much the balance falls short of that.
         */
        readonly get: operations["getForecast"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/billing-profile": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read the billing profile
         * @description Its data are copied to each invoice when that is issued. The answer has the `ETag` that an edit needs.
         */
        readonly get: operations["getBillingProfile"];
        /**
         * Set the billing profile
         * @description Replaces the whole profile, which names who invoices are issued to. Issued invoices do not change.
         */
        readonly put: operations["putBillingProfile"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/backorders/{id}/invoice": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Request the invoice of a successful backorder
         * @description A backorder has one invoice; a repeated request returns the same one. Earlier refunds get their credit notes at the same time.
         */
        readonly post: operations["requestInvoice"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/renewals/{id}/invoice": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Request the invoice of a successful renewal
         * @description A renewal has one invoice; a repeated request returns the same one. Earlier refunds get their credit notes at the same time.
         */
        readonly post: operations["requestRenewalInvoice"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/invoices": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List the account's invoices and credit notes, newest first
         * @description A credit note names the invoice that it corrects in `credits`.
         */
        readonly get: operations["listInvoices"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/invoices/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read an invoice or a credit note
         * @description An issued invoice never changes; a later refund adds a credit note.
         */
        readonly get: operations["getInvoice"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/invoices/{id}/pdf": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read an invoice or a credit note as PDF
         * @description The file is byte-identical every time.
         */
        readonly get: operations["getInvoicePdf"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/invoices/{id}/html": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read an invoice or a credit note as HTML
         * @description A self-contained page without scripts, for printing on A4.
         */
        readonly get: operations["getInvoiceHtml"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/watches/{name}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /**
         * Watch a name
         * @description The name need not be listed. Other accounts do not see it. Watching a name again changes nothing.
         */
        readonly put: operations["watchName"];
        readonly post?: never;
        /**
         * Stop watching a name
         * @description Nothing happens if the name is not on the list.
         */
        readonly delete: operations["unwatchName"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/watches": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List watched names with their latest listings, by name
         * @description The listing of a name is absent if it was never on a published drop list.
         */
        readonly get: operations["listWatches"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/drop-lists": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List the drop lists that can be downloaded, newest first
         * @description A list is written after each publication. Lists are kept for some days; the newest one always.
         */
        readonly get: operations["listDropLists"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/drop-lists/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read how many names a drop list has, in all and of each zone
         * @description `latest` instead of an id is the newest drop list.
         */
        readonly get: operations["getDropList"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/drop-lists/{id}/file": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Download a drop list
         * @description All names that are open for orders or will be, as gzip of CSV with the columns `TLD,DOMAIN,EXPIRED,PURGED` (IETF draft "Domain Drop List Report"). `EXPIRED` is empty: lists do not say it reliably. `PURGED` is the beginning of the window in which the registry is expected to release the name. A file never changes: it has a strong `ETag` and `Last-Modified`, and one range of bytes can be requested, so that a download can be continued (RFC 9110 §14).
         */
        readonly get: operations["getDropListFile"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/publication": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read when the next list of names is to be expected
         * @description Lists are published daily. The time is that of the service, in UTC.
         */
        readonly get: operations["getPublication"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/calendar.ics": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read the drop windows and cut-offs of the coming days as iCalendar
         * @description Two events for each zone and day, of the newest drop list. Calendar programs cannot send the key: give them the address of `GET /v1/calendar-address`.
         */
        readonly get: operations["getCalendar"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/calendar-address": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read the address of the calendar for calendar programs
         * @description Whoever has the address can read the calendar, and nothing else. It is valid as long as your API key; each key has its own.
         */
        readonly get: operations["getCalendarAddress"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/zones": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List the zones with their rules and prices
         * @description Only the zones that the service works with; one with `takes_orders` false accepts no new orders for now.
         */
        readonly get: operations["listZones"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/zones/{zone}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read a zone, with what a contact needs
         * @description `contact_schema` is a JSON Schema of the contacts that the registry of this zone accepts.
         */
        readonly get: operations["getZone"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/statistics": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Results by zone, release model and price, of all customers together
         * @description Each order is counted once, when it is decided. The period ends with yesterday (UTC). What a single customer ordered cannot be seen: small groups are left out, and numbers are rounded.
         */
        readonly get: operations["listStatistics"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/api-keys": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List the account's API keys, newest first
         * @description Keys are shown without their secrets. `current` marks the key of this request.
         */
        readonly get: operations["listApiKeys"];
        readonly put?: never;
        /**
         * Make an API key
         * @description It never grants more than the key of this request: no other scopes, no longer, from no other addresses.
         */
        readonly post: operations["createApiKey"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/api-keys/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read an API key
         * @description The answer has the `ETag` that an edit needs.
         */
        readonly get: operations["getApiKey"];
        readonly put?: never;
        readonly post?: never;
        /**
         * Revoke an API key, at once and for good
         * @description A key may revoke itself. Revoking it again changes nothing.
         */
        readonly delete: operations["revokeApiKey"];
        readonly options?: never;
        readonly head?: never;
        /**
         * Change the label, the expiry or the addresses of an API key
         * @description What is left out stays; `null` removes a limit that the key of this request does not have. Scopes never change: make another key.
         */
        readonly patch: operations["updateApiKey"];
        readonly trace?: never;
    };
    readonly "/v1/api-keys/{id}/rotate": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Replace an API key by a new one
         * @description The new key has the same scopes and limits. The old one is accepted for `overlap_seconds` more.
         */
        readonly post: operations["rotateApiKey"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/sub-accounts": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List the sub-accounts with what they spent this month, newest first
         * @description What was spent counts orders of the current month, in UTC.
         */
        readonly get: operations["listSubAccounts"];
        readonly put?: never;
        /**
         * Make a sub-account
         * @description A label on keys and orders, with a monthly limit under the balance of your account. An order by a key of a sub-account belongs to it, and such a key sees the orders of its sub-account alone.
         */
        readonly post: operations["createSubAccount"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/sub-accounts/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read a sub-account with what it spent this month
         * @description The answer has the `ETag` that an edit needs.
         */
        readonly get: operations["getSubAccount"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        /**
         * Change the label or the monthly limit of a sub-account
         * @description What is left out stays; a limit of `null` removes it. A limit below what is spent refuses further orders this month, and undoes none.
         */
        readonly patch: operations["updateSubAccount"];
        readonly trace?: never;
    };
    readonly "/v1/bulk-orders": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Order up to 1000 names from the balance
         * @description Each item is an order of its own, in the order of the request: it is placed or refused whatever becomes of the others, and placed once however often you repeat the request. The answer comes when all are done, or after about two seconds with those that are: read the bulk order and its items later. A repeated request answers with the state of that time.
         */
        readonly post: operations["createBulkOrder"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/bulk-orders/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read a bulk order
         * @description It is `finished` when every item is placed or refused.
         */
        readonly get: operations["getBulkOrder"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/bulk-orders/{id}/items": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List the items of a bulk order, in order, with the result of each
         * @description An item that was refused has the problem that a single order would have been answered with.
         */
        readonly get: operations["listBulkOrderItems"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/backorders/{id}/pay": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Pay a held backorder from the balance
         * @description At the price that was agreed. The name is secured at once, and open card payments of the order are cancelled; one that is captured nevertheless is refunded.
         */
        readonly post: operations["payHold"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/account": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read your account and its notice of a low balance
         * @description The answer has the `ETag` that an edit needs.
         */
        readonly get: operations["getAccount"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        /**
         * Set the notice of a low balance
         * @description `null` ends it. A balance that is below the threshold already is a reason for the notice at once.
         */
        readonly patch: operations["updateAccount"];
        readonly trace?: never;
    };
    readonly "/v1/events": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read the account's events, oldest first
         * @description From the oldest event that is kept, or after a cursor. Events are kept for 30 days. They are the bodies of webhooks, with a `cursor`: nothing ever appears before a cursor that was given, so a program that continues from its last one misses nothing. A page may have fewer items than asked for, or none, and still have a `next`. A key of a sub-account reads the events about its orders alone.
         */
        readonly get: operations["listEvents"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/events/stream": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Follow the account's events as they happen
         * @description Server-sent events: `id` is the cursor, `event` the topic and `data` the event as `GET /v1/events` has it. Without a cursor the stream begins with what happens from now on; with `Last-Event-ID` or `after` it first gives what came after that. A comment comes every 15 seconds. An event `resync` with the data `{"code":"event_cursor_gone","oldest_cursor":"…"}` says that events after the cursor are gone: read the state that you need again, for everything that happens from then on follows. A stream ends when its server is restarted, when its key may not be used any more, and when it is read too slowly: connect again with `Last-Event-ID`.
         */
        readonly get: operations["streamEvents"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/sandbox": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read your sandbox: its zone, how its names end, and the drops under way
         * @description With a test key. Only your account sees the zone, its names and their listings; how a name ends is in its label. Your other requests for these names are those for any name.
         */
        readonly get: operations["getSandbox"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/sandbox/drops": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Have names of your sandbox dropped
         * @description The names come onto the list of a simulated registry and are published, can be ordered, and drop; everything but the registry is real. Orders close 15 seconds before the drop.
         */
        readonly post: operations["createSandboxDrop"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/sandbox/drops/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read a drop of your sandbox, with the state of each name
         * @description Your orders of the names have their own states, events and refunds, as at any drop.
         */
        readonly get: operations["getSandboxDrop"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/webhook-endpoints": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List the account's webhook endpoints, newest first
         * @description Those that are disabled too. `failing_since` shows which one takes nothing.
         */
        readonly get: operations["listWebhookEndpoints"];
        readonly put?: never;
        /**
         * Make a webhook endpoint
         * @description It gets what happens in the whole account from now on, as Standard Webhooks. An account has up to 20. `http` is accepted on a development installation alone, for this machine.
         */
        readonly post: operations["createWebhookEndpoint"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/webhook-endpoints/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read a webhook endpoint
         * @description Its secret is never shown again: rotate one that was lost.
         */
        readonly get: operations["getWebhookEndpoint"];
        readonly put?: never;
        readonly post?: never;
        /**
         * Delete a webhook endpoint, for good
         * @description Nothing more is sent to it, and what was on its way is given up.
         */
        readonly delete: operations["deleteWebhookEndpoint"];
        readonly options?: never;
        readonly head?: never;
        /**
         * Change, disable or enable a webhook endpoint
         * @description What is left out stays; `null` for `topics` is every topic. While it is disabled nothing is sent to it, and what was on its way is given up: `recover` has that sent after it is enabled again.
         */
        readonly patch: operations["updateWebhookEndpoint"];
        readonly trace?: never;
    };
    readonly "/v1/webhook-endpoints/{id}/rotate-secret": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Give a webhook endpoint a new secret
         * @description For `overlap_seconds` more each webhook has two signatures, separated by a space: one by the new secret and one by the secret before. Rotating again meanwhile ends the older of the two.
         */
        readonly post: operations["rotateWebhookSecret"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/webhook-endpoints/{id}/test": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Send a test event to a webhook endpoint
         * @description `webhook_endpoint.tested` is sent to this endpoint alone. What it answered is in the log of its deliveries.
         */
        readonly post: operations["testWebhookEndpoint"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/webhook-endpoints/{id}/recover": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Have everything sent again that a webhook endpoint has not taken since a time
         * @description Also what happened while it was disabled, and events that were given up, in order. Up to 30 days back. What it has taken is not sent again.
         */
        readonly post: operations["recoverWebhookEndpoint"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/webhook-endpoints/{id}/deliveries": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List what a webhook endpoint was sent and is to be sent, newest first
         * @description Each event with its attempts: when, how long, and what was answered. They are kept as long as the event.
         */
        readonly get: operations["listWebhookDeliveries"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/webhook-endpoints/{id}/deliveries/{delivery_id}/retry": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Send a delivery again, now
         * @description Whether it failed, was delivered or is on its way. It is tried for three days more. Behind an earlier event about the same subject it waits for that.
         */
        readonly post: operations["retryWebhookDelivery"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export interface webhooks {
    readonly "backorder.held": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * A name was taken for an order that is not paid yet
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onBackorderHeld"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "backorder.hold_lapsing": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * An unpaid order is about to lapse: pay by `pay_by`
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onBackorderHoldLapsing"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "backorder.expired": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * An unpaid order ended; `expired_reason` says why
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onBackorderExpired"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "backorder.secured": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * An order is paid, and the name is yours to be caught
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onBackorderSecured"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "backorder.rescheduled": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * The cut-off or the drop of an ordered name moved
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onBackorderRescheduled"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "backorder.premium_flagged": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * The registry asks a premium price; the order stays, and the drop decides
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onBackorderPremiumFlagged"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "backorder.contact_refused": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * The registry refused a contact that the order names; the name will be registered to the operator's for its roles
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onBackorderContactRefused"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "backorder.contact_pending": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * The cut-off is less than six hours away, and the registry has not made a contact that the order names; unless it is made before the drop, the name will be registered to the operator's for its roles
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onBackorderContactPending"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "backorder.registering": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * The drop began, and the name is being tried
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onBackorderRegistering"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "backorder.successful": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * The name was caught
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onBackorderSuccessful"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "backorder.failed": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * The name was not caught; `failure_reason` says why, and `refund` where the money goes
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onBackorderFailed"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "watch.cutoff_near": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * A name that you watch, and that nobody has ordered, closes for orders within an hour
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onWatchCutoffNear"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "watch.rescheduled": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * The cut-off or the drop of a name that you watch moved
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onWatchRescheduled"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "drop_list.published": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * A new list of all names on offer can be downloaded; all accounts get this event
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onDropListPublished"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "renewal.paid": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * A renewal is paid
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onRenewalPaid"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "renewal.expired": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * An unpaid renewal lapsed
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onRenewalExpired"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "renewal.successful": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * A name was renewed
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onRenewalSuccessful"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "renewal.failed": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * A name was not renewed, and the price is refunded
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onRenewalFailed"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "registration.expiring": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * A name that is not being renewed expires in a month, and again in a week
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onRegistrationExpiring"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "registration.expired": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * A name expired; it can be renewed until `renewable_until`
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onRegistrationExpired"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "registration.auto_renewed": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * The registry renewed an expired name by itself
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onRegistrationAutoRenewed"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "registration.deletion_requested": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * The deletion of a name that nobody renewed was requested
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onRegistrationDeletionRequested"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "registration.ended": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * A registration ended
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onRegistrationEnded"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "registration_request.succeeded": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * A change of a registration was made at the registry
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onRegistrationRequestSucceeded"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "registration_request.failed": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * A change of a registration was not made
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onRegistrationRequestFailed"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "refund.succeeded": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * A refund was paid
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onRefundSucceeded"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "refund.failed": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * A refund could not be paid; an operator looks after it
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onRefundFailed"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "payment.failed": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * A payment by card failed
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onPaymentFailed"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "payment.disputed": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * A payment by card was disputed
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onPaymentDisputed"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "payment.dispute_won": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * A disputed payment was decided for us
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onPaymentDisputeWon"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "payment.charged_back": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * A disputed payment was taken back for good
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onPaymentChargedBack"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "account.topped_up": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * The balance was topped up
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onAccountToppedUp"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "account.top_up_reversed": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * A top-up was taken back
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onAccountTopUpReversed"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "account.credited": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * A goodwill credit was added to the balance
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onAccountCredited"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "balance.low": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * The balance fell below the threshold that you set
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onBalanceLow"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "invoice.issued": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * An invoice was issued
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onInvoiceIssued"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "credit_note.issued": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * A credit note was issued
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onCreditNoteIssued"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "webhook_endpoint.tested": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * You asked for a test of an endpoint; it is sent to that endpoint alone
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onWebhookEndpointTested"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "webhook_endpoint.disabled": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * An endpoint gets nothing any more; `disabled_reason` says why
         * @description Sent to the endpoints that want this topic. The body is the event that `GET /v1/events` has.
         */
        readonly post: operations["onWebhookEndpointDisabled"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export interface components {
    schemas: {
        readonly BackorderSnapshot: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /**
             * @description A-labels, lower case
             * @example example.com
             */
            readonly name: string;
            /** @enum {string} */
            readonly state: "pending_payment" | "backordered" | "registering" | "successful" | "failed" | "expired";
            readonly price: components["schemas"]["Money"];
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly pay_by?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly secured_at?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly cutoff_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly drop_from: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly drop_to: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly decided_at?: string;
            /**
             * Format: date-time
             * @description The registry's creation date of the registration
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly settled_at?: string;
            /**
             * Format: date-time
             * @description The end of that registration
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly expires_at?: string;
            /** @enum {string} */
            readonly failure_reason?: "lost" | "missed" | "premium" | "withdrawn" | "refused";
            /** @enum {string} */
            readonly expired_reason?: "lapsed" | "released" | "listing_ended";
            readonly reference?: string;
            readonly metadata?: {
                readonly [key: string]: string;
            };
            /** @description Of a failed order: its refund */
            readonly refund?: {
                /**
                 * Format: uuid
                 * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                 */
                readonly id: string;
                /** @enum {string} */
                readonly state: "proposed" | "approved" | "processing" | "succeeded" | "failed" | "rejected" | "expired";
                /** @enum {string} */
                readonly destination: "balance" | "original_payment";
                readonly amount: components["schemas"]["Money"];
            };
            /** @description Of a failed order whose name dropped, as in `BackorderDetail.outcome` */
            readonly outcome?: {
                /** @enum {string} */
                readonly result: "registered" | "lost" | "missed" | "premium" | "withdrawn" | "refused";
                /** @description The EPP result code that decided the outcome */
                readonly code?: number;
                /**
                 * @description What the outcome is based on: the registry's answer to our create (`create`) or info (`info`) command, its fee quote (`fee_check`), its RDAP record (`rdap`), or only that the name exists and is not ours according to the registry (`presumed`)
                 * @enum {string}
                 */
                readonly basis?: "create" | "info" | "fee_check" | "rdap" | "presumed";
                /** @description The registrar that holds the name now */
                readonly holder_clid?: string;
                /**
                 * Format: date-time
                 * @example 2026-02-15T13:00:00.000Z
                 */
                readonly winner_created_at?: string;
                readonly lost_by?: components["schemas"]["LostBy"];
            };
            /** @description Of `backorder.contact_refused`: the contact that the registry refused */
            readonly refused_contact?: {
                /**
                 * Format: uuid
                 * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                 */
                readonly contact_id: string;
                readonly version: number;
                readonly roles: readonly ("registrant" | "admin" | "tech" | "billing")[];
                /** @description EPP result code */
                readonly answer_code?: number;
                readonly answer_message?: string;
            };
            /** @description Of `backorder.contact_pending`: the contact that the registry has not made */
            readonly pending_contact?: {
                /**
                 * Format: uuid
                 * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                 */
                readonly contact_id: string;
                readonly version: number;
                readonly roles: readonly ("registrant" | "admin" | "tech" | "billing")[];
            };
        };
        readonly Money: {
            /**
             * @description In minor units: 1250 of USD is 12.50
             * @example 1250
             */
            readonly amount_minor: number;
            /**
             * @description ISO 4217
             * @example USD
             */
            readonly currency: string;
        };
        /** @description Of a lost name: the interval in which the time lies from the registration of the other registrar until the registry handled our next create. Its bounds show no more digits than are known, as the clock of the registry is known to an error, and some registries cut dates to whole seconds. Absent if too little is known */
        readonly LostBy: {
            readonly min_ms: number;
            readonly max_ms: number;
        };
        readonly WatchSnapshot: {
            /**
             * Format: uuid
             * @description Of the watch
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /**
             * @description A-labels, lower case
             * @example example.com
             */
            readonly name: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly listing_id: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly cutoff_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly drop_from: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly drop_to: string;
        };
        readonly DropListSnapshot: {
            /**
             * Format: uuid
             * @description For `GET /v1/drop-lists/{id}/file`
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly made_at: string;
            readonly names: number;
            readonly bytes: number;
            /** @description SHA-256 of the compressed file, in hex */
            readonly sha256: string;
            readonly zones: readonly {
                readonly zone: string;
                readonly names: number;
            }[];
        };
        readonly RenewalSnapshot: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly registration_id: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly backorder_id: string;
            /**
             * @description A-labels, lower case
             * @example example.com
             */
            readonly name: string;
            /** @enum {string} */
            readonly state: "pending_payment" | "paid" | "renewing" | "successful" | "failed" | "expired";
            readonly years: number;
            readonly price: components["schemas"]["Money"];
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly quoted_expires_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly new_expires_at?: string;
            /** @enum {string} */
            readonly failure_reason?: "refused" | "not_held" | "expiry_moved" | "unavailable";
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly pay_by?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly paid_at?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly decided_at?: string;
            /** @description Of a failed renewal: its refund */
            readonly refund?: {
                /**
                 * Format: uuid
                 * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                 */
                readonly id: string;
                /** @enum {string} */
                readonly state: "proposed" | "approved" | "processing" | "succeeded" | "failed" | "rejected" | "expired";
                /** @enum {string} */
                readonly destination: "balance" | "original_payment";
                readonly amount: components["schemas"]["Money"];
            };
        };
        readonly RegistrationSnapshot: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly backorder_id: string;
            /**
             * @description A-labels, lower case
             * @example example.com
             */
            readonly name: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @description Until when it is paid
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly expires_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly renewable_until?: string;
            /**
             * Format: date-time
             * @description The expiry at the registry after it renewed the name by itself
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly auto_renewed_until?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly deletion_requested_at?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly ended_at?: string;
            /** @enum {string} */
            readonly end_reason?: "not_held" | "deleted";
        };
        readonly RegistrationRequestSnapshot: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly registration_id: string;
            /**
             * @description A-labels, lower case
             * @example example.com
             */
            readonly name: string;
            /** @enum {string} */
            readonly kind: "name_servers" | "contacts" | "auth_code";
            /** @enum {string} */
            readonly state: "queued" | "processing" | "succeeded" | "failed";
            /** @enum {string} */
            readonly failure_reason?: "refused" | "not_held" | "unavailable";
            /** @description EPP result code */
            readonly answer_code?: number;
            readonly answer_message?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly decided_at?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly auth_code_valid_until?: string;
        };
        readonly RefundSnapshot: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly payment_id: string;
            /**
             * @description The domain name that was paid for
             * @example example.com
             */
            readonly name?: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly backorder_id?: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly renewal_id?: string;
            /** @enum {string} */
            readonly cause: "backorder_failed" | "late_payment" | "duplicate_payment" | "renewal_failed" | "manual";
            /** @enum {string} */
            readonly state: "proposed" | "approved" | "processing" | "succeeded" | "failed" | "rejected" | "expired";
            /** @enum {string} */
            readonly destination: "balance" | "original_payment";
            readonly amount: components["schemas"]["Money"];
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly decided_at?: string;
        };
        readonly PaymentSnapshot: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /** @enum {string} */
            readonly purpose: "backorder" | "top_up" | "renewal";
            /** @enum {string} */
            readonly method: "balance" | "card";
            /** @enum {string} */
            readonly state: "requires_action" | "processing" | "succeeded" | "failed" | "canceled" | "disputed" | "charged_back";
            readonly amount: components["schemas"]["Money"];
            /**
             * @description A-labels, lower case
             * @example example.com
             */
            readonly name?: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly backorder_id?: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly renewal_id?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly pay_by?: string;
            readonly disputed?: components["schemas"]["Money"] & unknown;
        };
        readonly TopUpSnapshot: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            readonly amount: components["schemas"]["Money"] & unknown;
            readonly balance: components["schemas"]["Money"] & unknown;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly payment_id?: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly bank_transfer_id?: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly goodwill_credit_id?: string;
        };
        readonly BalanceSnapshot: {
            /**
             * Format: uuid
             * @description The id of the account
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            readonly balance: components["schemas"]["Money"];
            readonly low_balance?: components["schemas"]["Money"] & unknown;
        };
        readonly InvoiceSnapshot: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /** @enum {string} */
            readonly kind: "invoice" | "credit_note";
            readonly number: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly issued_at: string;
            /**
             * @description A-labels, lower case
             * @example example.com
             */
            readonly name: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly backorder_id?: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly renewal_id?: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly credits_invoice_id?: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly refund_id?: string;
            readonly gross: components["schemas"]["Money"];
            readonly net: components["schemas"]["Money"];
            readonly tax: components["schemas"]["Money"];
        };
        readonly WebhookEndpointSnapshot: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            readonly url: string;
            readonly description?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly disabled_at?: string;
            /** @enum {string} */
            readonly disabled_reason?: "requested" | "gone" | "failing";
            /**
             * Format: date-time
             * @description Nothing that was sent to it since then succeeded
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly failing_since?: string;
        };
        readonly ListingPage: {
            readonly items: readonly components["schemas"]["Listing"][];
            /** @description The cursor of the next page; absent on the last */
            readonly next?: string;
            /** @description How many listings match, if `total` was asked for */
            readonly total?: number;
            /** @description False where more than 10000 match: then `total` is that number */
            readonly total_is_exact?: boolean;
        };
        readonly Listing: {
            /**
             * @description A-labels, lower case
             * @example example.com
             */
            readonly name: string;
            /** @example com */
            readonly zone: string;
            /**
             * @description How many times the name has been listed
             * @example 1
             */
            readonly cycle: number;
            /** @enum {string} */
            readonly state: "upcoming" | "open" | "closed" | "dropping" | "caught" | "lost" | "missed" | "premium" | "withdrawn" | "refused" | "unsold";
            /** @description Whether an order would be accepted now, apart from payment */
            readonly orderable: boolean;
            /** @description An account holds the backorder for this name */
            readonly held: boolean;
            readonly held_by_you: boolean;
            /** @description The registry charges a premium price */
            readonly premium: boolean;
            /** @description The registry will not release it */
            readonly reserved: boolean;
            /** @description The name is missing from its registry's latest list and is being checked */
            readonly suspect: boolean;
            readonly price?: components["schemas"]["Money"] & unknown;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly opens_at: string;
            /**
             * Format: date-time
             * @description Orders are accepted before this
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly cutoff_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly drop_from: string;
            /**
             * Format: date-time
             * @description The registry is expected to release the name between `drop_from` and `drop_to`
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly drop_to: string;
        };
        readonly Problem: {
            /**
             * Format: uri-reference
             * @description A page that explains the error
             */
            readonly type: string;
            readonly title: string;
            readonly status: number;
            /** @description What happened in this case, for people */
            readonly detail: string;
            /**
             * @description For programs. Codes are stable; new codes may be added
             * @example name_taken
             */
            readonly code: string;
            /** @description Whether the same request may succeed a little later */
            readonly retryable: boolean;
            readonly request_id: string;
            /** @description The parts of the request to correct, where that is the reason */
            readonly errors?: readonly components["schemas"]["FaultyPart"][];
        } & {
            readonly [key: string]: unknown;
        };
        readonly FaultyPart: {
            /**
             * @description A JSON pointer into the body (RFC 6901); empty for the body itself
             * @example /payment
             */
            readonly pointer?: string;
            /** @description A parameter of the path or the query */
            readonly parameter?: string;
            readonly header?: string;
            /** @example must be one of balance, card */
            readonly detail: string;
        };
        readonly PlacedBackorder: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /**
             * @description A-labels, lower case
             * @example example.com
             */
            readonly name: string;
            /** @enum {string} */
            readonly state: "pending_payment" | "backordered" | "registering" | "successful" | "failed" | "expired";
            readonly price: components["schemas"]["Money"] & unknown;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @description Orders by card: when the order lapses if it is still unpaid, or would have lapsed
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly pay_by?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly secured_at?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly cutoff_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly drop_from: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly drop_to: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly decided_at?: string;
            /**
             * Format: date-time
             * @description When the registration that we caught was created, according to the registry
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly settled_at?: string;
            /** @enum {string} */
            readonly failure_reason?: "lost" | "missed" | "premium" | "withdrawn" | "refused";
            /** @enum {string} */
            readonly expired_reason?: "lapsed" | "released" | "listing_ended";
            /**
             * @description Your own reference, one line; spaces around it are removed
             * @example PO-2026-0815
             */
            readonly reference?: string;
            /**
             * @description Your own data: up to 20 keys of up to 40 characters, each with a text of up to 500. It is stored and shown as it is, and means nothing to us
             * @example {
             *       "customer": "c-1881",
             *       "campaign": "spring"
             *     }
             */
            readonly metadata?: {
                readonly [key: string]: string;
            };
            /**
             * Format: uuid
             * @description The sub-account of the order. A key of a sub-account need not say it, and can say no other
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly sub_account_id?: string;
            readonly payment?: components["schemas"]["Payment"];
        };
        /** @description Orders by card: the payment to be made by `pay_by` */
        readonly Payment: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /** @enum {string} */
            readonly purpose: "backorder" | "top_up" | "renewal";
            /** @enum {string} */
            readonly method: "balance" | "card";
            /**
             * @description `failed`: the card was declined; another card may be tried until `pay_by`
             * @enum {string}
             */
            readonly state: "requires_action" | "processing" | "succeeded" | "failed" | "canceled" | "disputed" | "charged_back";
            readonly amount: components["schemas"]["Money"];
            /**
             * @description A-labels, lower case
             * @example example.com
             */
            readonly name?: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly backorder_id?: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly renewal_id?: string;
            /** @description This payment secures the backorder or pays the renewal */
            readonly secures: boolean;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly pay_by?: string;
            /** @description Needed to pay in the payment provider's form, in the payer's browser. A secret: keep it out of logs and URLs. Absent when the payment can no longer be paid, and while the provider does not answer; in that case read the payment again */
            readonly client_secret?: string;
            /**
             * @description Present with every `client_secret`: where to pay. `stripe`: with Stripe.js (`confirmPayment`). `sandbox`: at `pay_url`, with test money
             * @enum {string}
             */
            readonly provider?: "stripe" | "sandbox";
            /** @description For `stripe`: the public key for Stripe.js. Absent if the operator provides it in another way */
            readonly publishable_key?: string;
            /**
             * Format: uri
             * @description For `sandbox`: a page to pay with the test cards of the sandbox. It contains the `client_secret`, so keep it secret too
             */
            readonly pay_url?: string;
        };
        readonly PlaceBackorder: {
            /**
             * @description A domain name, as A-labels or in Unicode, in upper or lower case
             * @example example.com
             */
            readonly name: string;
            /**
             * @description `balance`: paid immediately from the balance of the account. `card`: held for you until `pay_by`, and secured when the card payment is captured by then
             * @enum {string}
             */
            readonly payment: "balance" | "card";
            readonly expected_price?: components["schemas"]["Money"] & unknown;
            /**
             * @description Payments by card: the page to which the payer's browser returns after paying at `pay_url`. With Stripe.js give your own `return_url` to `confirmPayment`
             * @example https://shop.example.com/orders/4711
             */
            readonly return_url?: string;
            /**
             * @description Your own reference, one line; spaces around it are removed
             * @example PO-2026-0815
             */
            readonly reference?: string;
            /**
             * @description Your own data: up to 20 keys of up to 40 characters, each with a text of up to 500. It is stored and shown as it is, and means nothing to us
             * @example {
             *       "customer": "c-1881",
             *       "campaign": "spring"
             *     }
             */
            readonly metadata?: {
                readonly [key: string]: string;
            };
            /**
             * Format: uuid
             * @description The sub-account of the order. A key of a sub-account need not say it, and can say no other
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly sub_account_id?: string;
            /**
             * Format: uuid
             * @description Your contact to which the name is registered, and which has every role without one of its own. Left out: the default of the account, or else the operator. It is made at the registry before the cut-off; if the registry refuses it, the name is registered to the operator, and you can change its contacts afterwards
             */
            readonly contact_id?: string;
            readonly role_contacts?: components["schemas"]["RoleContacts"];
        };
        /** @description Needs `contact_id` */
        readonly RoleContacts: {
            /** Format: uuid */
            readonly admin?: string;
            /** Format: uuid */
            readonly tech?: string;
            /** Format: uuid */
            readonly billing?: string;
        };
        readonly BackorderPage: {
            readonly items: readonly components["schemas"]["Backorder"][];
            /** @description The cursor of the next page; absent on the last */
            readonly next?: string;
            readonly counts?: components["schemas"]["BackorderCounts"];
        };
        readonly Backorder: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /**
             * @description A-labels, lower case
             * @example example.com
             */
            readonly name: string;
            /** @enum {string} */
            readonly state: "pending_payment" | "backordered" | "registering" | "successful" | "failed" | "expired";
            readonly price: components["schemas"]["Money"] & unknown;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @description Orders by card: when the order lapses if it is still unpaid, or would have lapsed
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly pay_by?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly secured_at?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly cutoff_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly drop_from: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly drop_to: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly decided_at?: string;
            /**
             * Format: date-time
             * @description When the registration that we caught was created, according to the registry
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly settled_at?: string;
            /** @enum {string} */
            readonly failure_reason?: "lost" | "missed" | "premium" | "withdrawn" | "refused";
            /** @enum {string} */
            readonly expired_reason?: "lapsed" | "released" | "listing_ended";
            /**
             * @description Your own reference, one line; spaces around it are removed
             * @example PO-2026-0815
             */
            readonly reference?: string;
            /**
             * @description Your own data: up to 20 keys of up to 40 characters, each with a text of up to 500. It is stored and shown as it is, and means nothing to us
             * @example {
             *       "customer": "c-1881",
             *       "campaign": "spring"
             *     }
             */
            readonly metadata?: {
                readonly [key: string]: string;
            };
            /**
             * Format: uuid
             * @description The sub-account of the order. A key of a sub-account need not say it, and can say no other
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly sub_account_id?: string;
            /** @description For each role that the registry needs or the order names, the contact of the customer’s. Absent if the order has none: then the name is registered to the operator */
            readonly contacts?: readonly components["schemas"]["OrderContact"][];
        };
        readonly OrderContact: {
            /** @enum {string} */
            readonly role: "registrant" | "admin" | "tech" | "billing";
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly contact_id: string;
            /** @description The version of the contact when it was ordered */
            readonly version: number;
            /**
             * @description Whether it is at the registry. `not_needed`: the registry keeps no contact of this role. `refused`: the name is registered to the operator’s contact for this role
             * @enum {string}
             */
            readonly state: "not_needed" | "pending" | "created" | "refused";
            /** @description Its id at the registry, once it is `created` */
            readonly handle?: string;
            /** @description What the registry said if it refused it */
            readonly message?: string;
        };
        readonly BackorderCounts: {
            /** @description How many match in each state, whatever the filter by state is */
            readonly by_state: {
                readonly pending_payment?: number;
                readonly backordered?: number;
                readonly registering?: number;
                readonly successful?: number;
                readonly failed?: number;
                readonly expired?: number;
            };
            /** @description How many match */
            readonly total: number;
            /** @description False where more than 10000 match: then the counts are of that many */
            readonly total_is_exact: boolean;
        };
        readonly BackorderDetail: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /**
             * @description A-labels, lower case
             * @example example.com
             */
            readonly name: string;
            /** @enum {string} */
            readonly state: "pending_payment" | "backordered" | "registering" | "successful" | "failed" | "expired";
            readonly price: components["schemas"]["Money"] & unknown;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @description Orders by card: when the order lapses if it is still unpaid, or would have lapsed
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly pay_by?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly secured_at?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly cutoff_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly drop_from: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly drop_to: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly decided_at?: string;
            /**
             * Format: date-time
             * @description When the registration that we caught was created, according to the registry
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly settled_at?: string;
            /** @enum {string} */
            readonly failure_reason?: "lost" | "missed" | "premium" | "withdrawn" | "refused";
            /** @enum {string} */
            readonly expired_reason?: "lapsed" | "released" | "listing_ended";
            /**
             * @description Your own reference, one line; spaces around it are removed
             * @example PO-2026-0815
             */
            readonly reference?: string;
            /**
             * @description Your own data: up to 20 keys of up to 40 characters, each with a text of up to 500. It is stored and shown as it is, and means nothing to us
             * @example {
             *       "customer": "c-1881",
             *       "campaign": "spring"
             *     }
             */
            readonly metadata?: {
                readonly [key: string]: string;
            };
            /**
             * Format: uuid
             * @description The sub-account of the order. A key of a sub-account need not say it, and can say no other
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly sub_account_id?: string;
            /** @description For each role that the registry needs or the order names, the contact of the customer’s. Absent if the order has none: then the name is registered to the operator */
            readonly contacts?: readonly components["schemas"]["OrderContact"][];
            /** @description The newest 100 attempts, newest first */
            readonly attempts: readonly components["schemas"]["Attempt"][];
            /** @description The cursor of the next page of attempts; absent if these are all */
            readonly attempts_next?: string;
            readonly attempts_removed?: components["schemas"]["RemovedAttempts"];
            readonly deciding_attempt?: components["schemas"]["Attempt"] & unknown;
            readonly outcome?: components["schemas"]["DropOutcome"];
            /**
             * Format: date-time
             * @description The expiry date of the registration that we caught, as last reported by the registry
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly expires_at?: string;
            /** @description All payments for this backorder, successful or not, oldest first */
            readonly payments: readonly components["schemas"]["Payment"][];
            readonly refunds: readonly components["schemas"]["Refund"][];
        };
        readonly Attempt: {
            /** @enum {string} */
            readonly command: "create" | "info" | "fee_check" | "rdap";
            /**
             * Format: date-time
             * @description According to our clock, to the millisecond
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly sent_at: string;
            /**
             * @description `unknown`: it was sent and no answer arrived
             * @enum {string}
             */
            readonly outcome: "answered" | "not_sent" | "unknown";
            /** @example 12.417 */
            readonly round_trip_ms?: number;
            /**
             * @description EPP result code; HTTP status for `rdap`
             * @example 2302
             */
            readonly code?: number;
            readonly message?: string;
            /** @description Our transaction id */
            readonly cltrid: string;
            /** @description The registry's transaction id */
            readonly svtrid?: string;
            /** @description The answer to this attempt decided the outcome */
            readonly decided: boolean;
        };
        /** @description Earlier attempts that are no longer kept; absent if all are */
        readonly RemovedAttempts: {
            /** @description Number of attempts that are no longer kept */
            readonly count: number;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly first_sent_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly last_sent_at: string;
        };
        readonly DropOutcome: {
            /** @enum {string} */
            readonly result: "registered" | "lost" | "missed" | "premium" | "withdrawn" | "refused";
            /** @description The EPP result code that decided the outcome */
            readonly code?: number;
            /**
             * @description What the outcome is based on: the registry's answer to our create (`create`) or info (`info`) command, its fee quote (`fee_check`), its RDAP record (`rdap`), or only that the name exists and is not ours according to the registry (`presumed`)
             * @enum {string}
             */
            readonly basis?: "create" | "info" | "fee_check" | "rdap" | "presumed";
            /** @description The registrar that holds the name now */
            readonly holder_clid?: string;
            /**
             * Format: date-time
             * @description A lost name: when the registration of the registrar that was faster was created, according to the registry; absent if it does not say. Some registries cut it to whole seconds
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly winner_created_at?: string;
            readonly lost_by?: components["schemas"]["LostBy"];
            /**
             * @deprecated
             * @description From then until we sent our next create, by our clock, which the clock of the registry differs from: use `lost_by`
             */
            readonly lost_by_ms?: number;
        };
        readonly Refund: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /** @enum {string} */
            readonly cause: "backorder_failed" | "late_payment" | "duplicate_payment" | "renewal_failed" | "manual";
            /** @enum {string} */
            readonly state: "proposed" | "approved" | "processing" | "succeeded" | "failed" | "rejected" | "expired";
            /**
             * @description The card or the balance that was used to pay; the balance if the account owes money
             * @enum {string}
             */
            readonly destination: "balance" | "original_payment";
            readonly amount: components["schemas"]["Money"];
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
        };
        readonly AttemptPage: {
            readonly items: readonly components["schemas"]["Attempt"][];
            /** @description The cursor of the next page; absent on the last */
            readonly next?: string;
            readonly removed?: components["schemas"]["RemovedAttempts"];
        };
        readonly OrderCheck: {
            /**
             * @description A-labels, lower case
             * @example example.com
             */
            readonly name: string;
            /**
             * @description The name as people read it
             * @example bücher.example
             */
            readonly unicode_name: string;
            readonly look_alike?: components["schemas"]["LookAlike"];
            /** @description Whether the order would be accepted now */
            readonly acceptable: boolean;
            /** @description Every reason why the order would be refused. The order itself would be refused with the first one */
            readonly reasons: readonly components["schemas"]["OrderReason"][];
            /** @enum {string} */
            readonly payment: "balance" | "card";
            readonly price?: components["schemas"]["Money"] & unknown;
            readonly balance_after?: components["schemas"]["Money"] & unknown;
            /**
             * Format: date-time
             * @description By card: until when the name would be held unpaid
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly pay_by?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly opens_at?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly cutoff_at?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly drop_from?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly drop_to?: string;
            /**
             * Format: uuid
             * @description Your own order that holds the name
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly backorder_id?: string;
            /** @description For each role that the registry needs or the order names, the contact of the customer’s. Absent if the order has none: then the name is registered to the operator */
            readonly contacts?: readonly components["schemas"]["OrderContact"][];
            /**
             * @description A warning: the registry needs contacts and the order has none, because it names none and the account has no default. The name would be registered to the operator
             * @enum {boolean}
             */
            readonly registered_to_operator?: true;
        };
        /** @description Why the name may be taken for another one; absent if there is nothing to warn of */
        readonly LookAlike: {
            /** @description A label mixes scripts that nobody writes together, such as Latin and Cyrillic */
            readonly mixes_scripts: boolean;
            /**
             * @description The name of plain letters and digits that people see when they read it
             * @example apple.com
             */
            readonly looks_like?: string;
        };
        readonly OrderReason: {
            /**
             * @description As in a problem
             * @example insufficient_balance
             */
            readonly code: string;
            readonly detail: string;
            /** @description Whether it may pass by itself a little later */
            readonly retryable: boolean;
        };
        readonly BackorderTimeline: {
            /** @description Oldest first */
            readonly items: readonly components["schemas"]["BackorderTimelineEntry"][];
        };
        readonly BackorderTimelineEntry: {
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly at: string;
            /**
             * @description New kinds may be added
             * @enum {string}
             */
            readonly kind: "ordered" | "payment" | "secured" | "moved_by_list" | "moved_by_operator" | "suspected" | "armed" | "first_attempt" | "deciding_attempt" | "decided" | "refund_created" | "refund_decided";
            /**
             * @description What happened, for people
             * @example You ordered the name for 19.00 USD.
             */
            readonly text: string;
            readonly amount?: components["schemas"]["Money"];
            /** @enum {string} */
            readonly state?: "requires_action" | "processing" | "succeeded" | "failed" | "canceled" | "disputed" | "charged_back" | "proposed" | "approved" | "rejected" | "expired" | "pending_payment" | "backordered" | "registering" | "successful";
            /**
             * @description How a payment was made
             * @enum {string}
             */
            readonly method?: "balance" | "card";
            /**
             * @description Why the order failed or expired
             * @enum {string}
             */
            readonly reason?: "lost" | "missed" | "premium" | "withdrawn" | "refused" | "lapsed" | "released" | "listing_ended";
            /** @enum {string} */
            readonly destination?: "balance" | "original_payment";
            /** @description The EPP result code of the deciding answer */
            readonly code?: number;
            /** @description What the registry said with it */
            readonly message?: string;
            /**
             * Format: date-time
             * @description Until when the unpaid name was held
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly pay_by?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly cutoff_at?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly drop_from?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly drop_to?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly settled_at?: string;
            /** @description The registrar that registered the name first */
            readonly holder_clid?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly winner_created_at?: string;
        };
        readonly RefundPage: {
            readonly items: readonly components["schemas"]["RefundDetail"][];
            /** @description The cursor of the next page; absent on the last */
            readonly next?: string;
        };
        readonly RefundDetail: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /** @enum {string} */
            readonly cause: "backorder_failed" | "late_payment" | "duplicate_payment" | "renewal_failed" | "manual";
            /** @enum {string} */
            readonly state: "proposed" | "approved" | "processing" | "succeeded" | "failed" | "rejected" | "expired";
            /**
             * @description The card or the balance that was used to pay; the balance if the account owes money
             * @enum {string}
             */
            readonly destination: "balance" | "original_payment";
            readonly amount: components["schemas"]["Money"];
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly decided_at?: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly payment_id: string;
            /**
             * @description How the payment was made
             * @enum {string}
             */
            readonly method: "balance" | "card";
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly backorder_id?: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly renewal_id?: string;
            /**
             * @description A-labels, lower case
             * @example example.com
             */
            readonly name?: string;
        };
        readonly PayForName: {
            /**
             * @description A domain name, as A-labels or in Unicode, in upper or lower case
             * @example example.com
             */
            readonly name: string;
            /**
             * @description Payments by card: the page to which the payer's browser returns after paying at `pay_url`. With Stripe.js give your own `return_url` to `confirmPayment`
             * @example https://shop.example.com/orders/4711
             */
            readonly return_url?: string;
        };
        readonly PaymentDetail: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /** @enum {string} */
            readonly purpose: "backorder" | "top_up" | "renewal";
            /** @enum {string} */
            readonly method: "balance" | "card";
            /**
             * @description `failed`: the card was declined; another card may be tried until `pay_by`
             * @enum {string}
             */
            readonly state: "requires_action" | "processing" | "succeeded" | "failed" | "canceled" | "disputed" | "charged_back";
            readonly amount: components["schemas"]["Money"];
            /**
             * @description A-labels, lower case
             * @example example.com
             */
            readonly name?: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly backorder_id?: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly renewal_id?: string;
            /** @description This payment secures the backorder or pays the renewal */
            readonly secures: boolean;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly pay_by?: string;
            /** @description Needed to pay in the payment provider's form, in the payer's browser. A secret: keep it out of logs and URLs. Absent when the payment can no longer be paid, and while the provider does not answer; in that case read the payment again */
            readonly client_secret?: string;
            /**
             * @description Present with every `client_secret`: where to pay. `stripe`: with Stripe.js (`confirmPayment`). `sandbox`: at `pay_url`, with test money
             * @enum {string}
             */
            readonly provider?: "stripe" | "sandbox";
            /** @description For `stripe`: the public key for Stripe.js. Absent if the operator provides it in another way */
            readonly publishable_key?: string;
            /**
             * Format: uri
             * @description For `sandbox`: a page to pay with the test cards of the sandbox. It contains the `client_secret`, so keep it secret too
             */
            readonly pay_url?: string;
            /** @description The refunds of this payment, oldest first */
            readonly refunds: readonly components["schemas"]["Refund"][];
        };
        readonly RegistrationPage: {
            readonly items: readonly components["schemas"]["Registration"][];
            /** @description The cursor of the next page; absent on the last */
            readonly next?: string;
        };
        readonly Registration: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly backorder_id: string;
            /**
             * @description A-labels, lower case
             * @example example.com
             */
            readonly name: string;
            /** @example com */
            readonly zone: string;
            /**
             * @description `registered`, then `expired` if it was not renewed in time, and `ended` when it is no longer registered here
             * @enum {string}
             */
            readonly state: "registered" | "expired" | "ended";
            /**
             * Format: date-time
             * @description The registry's creation date
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @description Until when you have paid for it
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly expires_at: string;
            /**
             * Format: date-time
             * @description Of an expired name: until when it can still be renewed. Then it is deleted at the registry
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly renewable_until?: string;
            /**
             * Format: date-time
             * @description Of an expired name: the expiry date at the registry after it renewed the name by itself, which WHOIS and RDAP show
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly auto_renewed_until?: string;
            /**
             * Format: date-time
             * @description Since when its deletion is requested, because nobody renewed it
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly deletion_requested_at?: string;
            /**
             * Format: date-time
             * @description When the registry was last asked: `statuses`, `name_servers` and `contacts` are as of then. Absent, like them, until it was asked for the first time, about a minute after the name was caught
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly confirmed_at?: string;
            /**
             * @description EPP and RGP statuses (RFC 5731, RFC 3915)
             * @example [
             *       "ok"
             *     ]
             */
            readonly statuses?: readonly string[];
            readonly name_servers?: readonly components["schemas"]["NameServer"][];
            readonly contacts?: readonly {
                /** @enum {string} */
                readonly role: "registrant" | "admin" | "tech" | "billing";
                /** @description The id of the contact at the registry */
                readonly handle: string;
                /**
                 * Format: uuid
                 * @description If it is one of your contacts
                 * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                 */
                readonly contact_id?: string;
            }[];
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly ended_at?: string;
            /**
             * @description `not_held`: the registry no longer shows the name as registered here, for example after a transfer. `deleted`: it was deleted because nobody renewed it
             * @enum {string}
             */
            readonly end_reason?: "not_held" | "deleted";
        };
        readonly NameServer: {
            /**
             * @description A-labels, lower case
             * @example example.com
             */
            readonly name: string;
            /**
             * @description IPv4 and IPv6 addresses, only of a host below the name itself
             * @example [
             *       "192.0.2.1",
             *       "2001:db8::1"
             *     ]
             */
            readonly addresses?: readonly string[];
        };
        readonly RegistrationRequest: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly registration_id: string;
            /**
             * @description A-labels, lower case
             * @example example.com
             */
            readonly name: string;
            /** @enum {string} */
            readonly kind: "name_servers" | "contacts" | "auth_code";
            /**
             * @description `queued`, then `processing` at the registry, then `succeeded` or `failed`
             * @enum {string}
             */
            readonly state: "queued" | "processing" | "succeeded" | "failed";
            /** @description What was requested, of `name_servers` */
            readonly name_servers?: readonly components["schemas"]["NameServer"][];
            /** @description What was requested, of `contacts` */
            readonly contacts?: readonly {
                /** @enum {string} */
                readonly role: "registrant" | "admin" | "tech" | "billing";
                /**
                 * Format: uuid
                 * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                 */
                readonly contact_id: string;
            }[];
            /**
             * @description `refused`: the registry does not accept it; `answer_message` says why. `not_held`: the name is no longer registered here. `unavailable`: the registry could not be reached for days
             * @enum {string}
             */
            readonly failure_reason?: "refused" | "not_held" | "unavailable";
            /** @description The EPP result code of a refusal (RFC 5730) */
            readonly answer_code?: number;
            /** @description What the registry said about a refusal */
            readonly answer_message?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly decided_at?: string;
            /**
             * Format: date-time
             * @description Of `auth_code`: until when the auth code is valid at the registry
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly auth_code_valid_until?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly auth_code_shown_at?: string;
        };
        readonly SetNameServers: {
            readonly name_servers: readonly {
                /**
                 * @description A domain name, as A-labels or in Unicode, in upper or lower case
                 * @example example.com
                 */
                readonly name: string;
                /**
                 * @description IPv4 and IPv6 addresses: required for a host below the name itself, refused for others
                 * @example [
                 *       "192.0.2.1",
                 *       "2001:db8::1"
                 *     ]
                 */
                readonly addresses?: readonly string[];
            }[];
        };
        readonly SetContacts: {
            /**
             * Format: uuid
             * @description The registrant, and every role that is not given
             */
            readonly contact_id: string;
            readonly role_contacts?: components["schemas"]["RoleContacts"];
        };
        readonly RegistrationRequestPage: {
            readonly items: readonly components["schemas"]["RegistrationRequest"][];
            /** @description The cursor of the next page; absent on the last */
            readonly next?: string;
        };
        readonly AuthCode: {
            /** @description For the registrar that the name is transferred to */
            readonly auth_code: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly valid_until: string;
        };
        readonly ContactPage: {
            readonly items: readonly components["schemas"]["Contact"][];
            /** @description The cursor of the next page; absent on the last */
            readonly next?: string;
        };
        readonly Contact: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /** @description Other details are a new version */
            readonly version: number;
            readonly int?: components["schemas"]["ContactAddress"];
            readonly loc?: components["schemas"]["ContactAddress"] & unknown;
            /**
             * @description E.164, as RFC 5733 writes it
             * @example +44.2071234567
             */
            readonly voice?: string;
            /**
             * @description E.164, as RFC 5733 writes it
             * @example +44.2071234567
             */
            readonly fax?: string;
            /** @example names@example.com */
            readonly email: string;
            readonly is_default: boolean;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly updated_at: string;
            /** @description Where this version was requested */
            readonly registries: readonly {
                readonly registry: string;
                /** @description Its id there */
                readonly handle: string;
                /** @enum {string} */
                readonly state: "pending" | "created" | "refused";
                /** @description What the registry said if it refused it */
                readonly message?: string;
            }[];
        };
        /** @description The internationalised form, in ASCII */
        readonly ContactAddress: {
            /** @example Rita Registrant */
            readonly name: string;
            readonly org?: string;
            /**
             * @example [
             *       "1 Main Street"
             *     ]
             */
            readonly street: readonly string[];
            /** @example London */
            readonly city: string;
            readonly province?: string;
            readonly postal_code?: string;
            /**
             * @description ISO 3166-1 alpha-2
             * @example GB
             */
            readonly country: string;
        };
        readonly WriteContact: {
            readonly int?: components["schemas"]["ContactAddress"];
            readonly loc?: components["schemas"]["ContactAddress"] & unknown;
            /**
             * @description E.164, as RFC 5733 writes it
             * @example +44.2071234567
             */
            readonly voice?: string;
            /**
             * @description E.164, as RFC 5733 writes it
             * @example +44.2071234567
             */
            readonly fax?: string;
            /** @example names@example.com */
            readonly email: string;
            /**
             * @description Orders that name no contact have this one from now on
             * @default false
             */
            readonly is_default?: boolean;
        };
        readonly RenewalQuote: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly registration_id: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly backorder_id: string;
            /**
             * @description A-labels, lower case
             * @example example.com
             */
            readonly name: string;
            readonly years: number;
            readonly price: components["schemas"]["Money"];
            /**
             * Format: date-time
             * @description Until when the name is paid for
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly expires_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly new_expires_at: string;
            /**
             * Format: date-time
             * @description Valid until then at most; price and expiry date may change earlier
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly valid_until: string;
        };
        readonly OrderedRenewal: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly registration_id: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly backorder_id: string;
            /**
             * @description A-labels, lower case
             * @example example.com
             */
            readonly name: string;
            /**
             * @description `paid` and `renewing`: paid, and in progress at the registry
             * @enum {string}
             */
            readonly state: "pending_payment" | "paid" | "renewing" | "successful" | "failed" | "expired";
            readonly years: number;
            readonly price: components["schemas"]["Money"] & unknown;
            /**
             * Format: date-time
             * @description The expiry date on which the renewal was ordered
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly quoted_expires_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly new_expires_at?: string;
            /**
             * @description `refused`: the registry refused it. `not_held`: the name is no longer registered here. `expiry_moved`: the registry has another expiry date; request a new quote. `unavailable`: the registry could not be reached for days
             * @enum {string}
             */
            readonly failure_reason?: "refused" | "not_held" | "expiry_moved" | "unavailable";
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly pay_by?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly paid_at?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly decided_at?: string;
            readonly payment?: components["schemas"]["Payment"] & unknown;
        };
        readonly OrderRenewal: {
            readonly years: number;
            /**
             * @description `balance`: paid immediately from the balance of the account. `card`: to be paid by `pay_by`
             * @enum {string}
             */
            readonly payment: "balance" | "card";
            readonly price: components["schemas"]["Money"] & unknown;
            /**
             * Format: date-time
             * @description The quoted `expires_at`
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly expires_at: string;
            /**
             * @description Payments by card: the page to which the payer's browser returns after paying at `pay_url`. With Stripe.js give your own `return_url` to `confirmPayment`
             * @example https://shop.example.com/orders/4711
             */
            readonly return_url?: string;
        };
        readonly RenewalPage: {
            readonly items: readonly components["schemas"]["Renewal"][];
            /** @description The cursor of the next page; absent on the last */
            readonly next?: string;
        };
        readonly Renewal: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly registration_id: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly backorder_id: string;
            /**
             * @description A-labels, lower case
             * @example example.com
             */
            readonly name: string;
            /**
             * @description `paid` and `renewing`: paid, and in progress at the registry
             * @enum {string}
             */
            readonly state: "pending_payment" | "paid" | "renewing" | "successful" | "failed" | "expired";
            readonly years: number;
            readonly price: components["schemas"]["Money"] & unknown;
            /**
             * Format: date-time
             * @description The expiry date on which the renewal was ordered
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly quoted_expires_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly new_expires_at?: string;
            /**
             * @description `refused`: the registry refused it. `not_held`: the name is no longer registered here. `expiry_moved`: the registry has another expiry date; request a new quote. `unavailable`: the registry could not be reached for days
             * @enum {string}
             */
            readonly failure_reason?: "refused" | "not_held" | "expiry_moved" | "unavailable";
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly pay_by?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly paid_at?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly decided_at?: string;
        };
        readonly TopUp: {
            /**
             * @description In minor units of the currency of the account
             * @example 50000
             */
            readonly amount_minor: number;
            /**
             * @description Payments by card: the page to which the payer's browser returns after paying at `pay_url`. With Stripe.js give your own `return_url` to `confirmPayment`
             * @example https://shop.example.com/orders/4711
             */
            readonly return_url?: string;
        };
        readonly Balance: {
            readonly balance: components["schemas"]["Money"] & unknown;
            readonly credit_limit: components["schemas"]["Money"] & unknown;
            readonly available: components["schemas"]["Money"] & unknown;
            readonly in_escrow: components["schemas"]["Money"] & unknown;
        };
        readonly TransactionPage: {
            readonly items: readonly components["schemas"]["Transaction"][];
            /** @description The cursor of the next page; absent on the last */
            readonly next?: string;
        };
        readonly Transaction: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /** @enum {string} */
            readonly cause: "top_up" | "top_up_reversed" | "secure" | "settle" | "refund" | "refund_expired" | "dispute" | "dispute_won" | "goodwill";
            readonly amount: components["schemas"]["Money"] & unknown;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly backorder_id?: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly renewal_id?: string;
            /**
             * @description A-labels, lower case
             * @example example.com
             */
            readonly name?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly posted_at: string;
        };
        readonly Statement: {
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly from: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly to: string;
            readonly opening: components["schemas"]["Money"] & unknown;
            readonly activity: readonly components["schemas"]["Activity"][];
            readonly closing: components["schemas"]["Money"] & unknown;
        };
        readonly Activity: {
            /** @enum {string} */
            readonly cause: "top_up" | "top_up_reversed" | "secure" | "settle" | "refund" | "refund_expired" | "dispute" | "dispute_won" | "goodwill";
            readonly count: number;
            readonly credit: components["schemas"]["Money"] & unknown;
            readonly debit: components["schemas"]["Money"] & unknown;
        };
        readonly Forecast: {
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly until: string;
            readonly balance: components["schemas"]["Money"];
            readonly available: components["schemas"]["Money"] & unknown;
            readonly undecided: components["schemas"]["Money"] & unknown;
            readonly to_pay: components["schemas"]["Due"];
            readonly watched: components["schemas"]["Due"] & unknown;
            readonly renewals: components["schemas"]["Due"] & unknown;
            readonly shortfall: components["schemas"]["Money"] & unknown;
        };
        /** @description Held, unpaid backorders whose orders close by `until` */
        readonly Due: {
            readonly count: number;
            readonly amount: components["schemas"]["Money"];
        };
        readonly BillingProfile: {
            /** @example Example Domains GmbH */
            readonly legal_name: string;
            /**
             * @description The lines of the address as on an envelope, without the country
             * @example [
             *       "Beispielweg 7",
             *       "10115 Berlin"
             *     ]
             */
            readonly address: readonly string[];
            /**
             * @description ISO 3166-1 alpha-2
             * @example DE
             */
            readonly country: string;
            /**
             * @description For example a VAT number; leave it out if there is none
             * @example DE123456789
             */
            readonly tax_id?: string;
            /**
             * Format: email
             * @description Where to send invoices
             * @example accounts@example.com
             */
            readonly email: string;
        };
        readonly Invoice: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /** @enum {string} */
            readonly kind: "invoice" | "credit_note";
            /**
             * @description Consecutive within its series; begins with TEST in test mode
             * @example INV-2026-000017
             */
            readonly number: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly issued_at: string;
            /**
             * Format: uuid
             * @description Invoices of a backorder: its id
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly backorder_id?: string;
            /**
             * Format: uuid
             * @description Invoices of a renewal: its id
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly renewal_id?: string;
            /** @description Credit notes: the credited invoice and the refund */
            readonly credits?: {
                /**
                 * Format: uuid
                 * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                 */
                readonly invoice_id: string;
                readonly number: string;
                /**
                 * Format: uuid
                 * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                 */
                readonly refund_id: string;
            };
            readonly seller: {
                readonly legal_name: string;
                readonly address: readonly string[];
                /**
                 * @description ISO 3166-1 alpha-2
                 * @example DE
                 */
                readonly country: string;
                readonly tax_id?: string;
            };
            readonly buyer: {
                readonly legal_name: string;
                readonly address: readonly string[];
                /**
                 * @description ISO 3166-1 alpha-2
                 * @example DE
                 */
                readonly country: string;
                readonly tax_id?: string;
                readonly email: string;
            };
            readonly line: {
                /** @enum {string} */
                readonly of: "registration" | "renewal";
                /**
                 * @description A-labels, lower case
                 * @example example.com
                 */
                readonly name: string;
                readonly name_unicode: string;
                readonly years: number;
                /**
                 * Format: date-time
                 * @example 2026-02-15T13:00:00.000Z
                 */
                readonly service_from: string;
                /**
                 * Format: date-time
                 * @example 2026-02-15T13:00:00.000Z
                 */
                readonly service_to: string;
            };
            readonly gross: components["schemas"]["Money"] & unknown;
            readonly net: components["schemas"]["Money"];
            readonly tax: components["schemas"]["Money"] & unknown;
            /**
             * @description 1900 is 19 %
             * @example 1900
             */
            readonly tax_basis_points: number;
            readonly tax_note?: string;
        };
        readonly InvoicePage: {
            readonly items: readonly components["schemas"]["Invoice"][];
            /** @description The cursor of the next page; absent on the last */
            readonly next?: string;
        };
        readonly Watch: {
            /**
             * @description A-labels, lower case
             * @example example.com
             */
            readonly name: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
            readonly listing?: components["schemas"]["Listing"] & unknown;
        };
        readonly WatchPage: {
            readonly items: readonly components["schemas"]["Watch"][];
            /** @description The cursor of the next page; absent on the last */
            readonly next?: string;
        };
        readonly DropListPage: {
            readonly items: readonly components["schemas"]["DropList"][];
            /** @description The cursor of the next page; absent on the last */
            readonly next?: string;
        };
        readonly DropList: {
            /** Format: uuid */
            readonly id: string;
            /**
             * Format: date-time
             * @description When the names were read
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly made_at: string;
            /** @description How many names the file has */
            readonly names: number;
            /** @description How many bytes it has, compressed */
            readonly bytes: number;
            /** @description SHA-256 of the compressed file, in hex */
            readonly sha256: string;
        };
        readonly DropListDetail: {
            /** Format: uuid */
            readonly id: string;
            /**
             * Format: date-time
             * @description When the names were read
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly made_at: string;
            /** @description How many names the file has */
            readonly names: number;
            /** @description How many bytes it has, compressed */
            readonly bytes: number;
            /** @description SHA-256 of the compressed file, in hex */
            readonly sha256: string;
            readonly zones: readonly {
                readonly zone: string;
                /** @description How many names the file has */
                readonly names: number;
                /** @description How many bytes it has, compressed */
                readonly bytes: number;
                /** @description SHA-256 of the compressed file, in hex */
                readonly sha256: string;
            }[];
        };
        readonly Publication: {
            /** @description The window in which the next list is to be expected; a day with many names may be late. Absent: a list is published as soon as it is ready */
            readonly next?: {
                /**
                 * Format: date-time
                 * @example 2026-02-15T13:00:00.000Z
                 */
                readonly from: string;
                /**
                 * Format: date-time
                 * @example 2026-02-15T13:00:00.000Z
                 */
                readonly to: string;
            };
        };
        readonly CalendarAddress: {
            /**
             * @description The path of the calendar at this server, with its token; a filter such as `&zone=com` may be added
             * @example /v1/calendar.ics?token=dlc_test_…
             */
            readonly path: string;
        };
        readonly ZonePage: {
            readonly items: readonly components["schemas"]["Zone"][];
            /** @description The cursor of the next page; absent on the last */
            readonly next?: string;
        };
        readonly Zone: {
            /**
             * @description A-labels, lower case
             * @example com
             */
            readonly zone: string;
            /** @description The zone as people read it */
            readonly unicode_zone: string;
            /** @description False: new orders are stopped; secured ones stay valid */
            readonly takes_orders: boolean;
            /** @description What the label below the zone can be, as A-label: a regular expression and the lengths of the DNS. Which names a registry really registers, its own policy decides; names that it has listed were registered before */
            readonly label: {
                readonly characters_min: number;
                readonly characters_max: number;
                readonly pattern: string;
            };
            /** @description The price list in the currency of your account: the first line that matches a name decides, unless the name has a price of its own. `Listing.price` is the price of a name */
            readonly prices: readonly components["schemas"]["PriceLine"][];
            readonly renewal_price?: components["schemas"]["Money"] & unknown;
            /** @description How long after its expiry a name can still be renewed, at the same price. Then it is deleted */
            readonly late_renewal_days: number;
            /**
             * @description How the registry releases names
             * @enum {string}
             */
            readonly release: "daily_batch" | "exact_instant" | "random_in_window" | "open_window" | "applications";
            /**
             * @description IANA time zone
             * @example America/New_York
             */
            readonly drop_time_zone: string;
            /**
             * @description When a window begins, in that time zone
             * @example [
             *       "14:00"
             *     ]
             */
            readonly drop_starts_at: readonly string[];
            readonly drop_lasts_seconds: number;
            /** @description Orders close this long before the window */
            readonly cutoff_lead_seconds: number;
            /** @description Whether the registry sells names at premium prices, which cannot be backordered */
            readonly premium_names: boolean;
            /** @description The contacts that a registration needs; none for a registry without contacts */
            readonly contact_roles: readonly ("registrant" | "admin" | "tech" | "billing")[];
        };
        readonly PriceLine: {
            /** @enum {string} */
            readonly kind: "pattern" | "length" | "tier";
            /**
             * @description The pattern or the lengths of the label, or the tier of the name
             * @example standard
             */
            readonly match: string;
            readonly price: components["schemas"]["Money"] & unknown;
        };
        readonly ZoneDetail: {
            /**
             * @description A-labels, lower case
             * @example com
             */
            readonly zone: string;
            /** @description The zone as people read it */
            readonly unicode_zone: string;
            /** @description False: new orders are stopped; secured ones stay valid */
            readonly takes_orders: boolean;
            /** @description What the label below the zone can be, as A-label: a regular expression and the lengths of the DNS. Which names a registry really registers, its own policy decides; names that it has listed were registered before */
            readonly label: {
                readonly characters_min: number;
                readonly characters_max: number;
                readonly pattern: string;
            };
            /** @description The price list in the currency of your account: the first line that matches a name decides, unless the name has a price of its own. `Listing.price` is the price of a name */
            readonly prices: readonly components["schemas"]["PriceLine"][];
            readonly renewal_price?: components["schemas"]["Money"] & unknown;
            /** @description How long after its expiry a name can still be renewed, at the same price. Then it is deleted */
            readonly late_renewal_days: number;
            /**
             * @description How the registry releases names
             * @enum {string}
             */
            readonly release: "daily_batch" | "exact_instant" | "random_in_window" | "open_window" | "applications";
            /**
             * @description IANA time zone
             * @example America/New_York
             */
            readonly drop_time_zone: string;
            /**
             * @description When a window begins, in that time zone
             * @example [
             *       "14:00"
             *     ]
             */
            readonly drop_starts_at: readonly string[];
            readonly drop_lasts_seconds: number;
            /** @description Orders close this long before the window */
            readonly cutoff_lead_seconds: number;
            /** @description Whether the registry sells names at premium prices, which cannot be backordered */
            readonly premium_names: boolean;
            /** @description The contacts that a registration needs; none for a registry without contacts */
            readonly contact_roles: readonly ("registrant" | "admin" | "tech" | "billing")[];
            /** @description What a contact needs, as JSON Schema (draft 2020-12); absent if the zone needs no contact */
            readonly contact_schema?: {
                readonly [key: string]: unknown;
            };
        };
        readonly ZoneStatisticsPage: {
            readonly items: readonly components["schemas"]["ZoneStatistics"][];
            /** @description The cursor of the next page; absent on the last */
            readonly next?: string;
        };
        readonly ZoneStatistics: {
            /**
             * @description A-labels, lower case
             * @example com
             */
            readonly zone: string;
            /** @description By release model and price; empty for a zone with few orders in the period */
            readonly results: readonly components["schemas"]["ZoneResult"][];
        };
        readonly ZoneResult: {
            /**
             * @description How the registry released the names
             * @enum {string}
             */
            readonly release: "daily_batch" | "exact_instant" | "random_in_window" | "open_window" | "applications";
            readonly price_from: components["schemas"]["Money"] & unknown;
            readonly price_below?: components["schemas"]["Money"] & unknown;
            /** @description Orders that were decided, of all customers together, rounded down to tens. Where they are fewer than 20 nothing is shown */
            readonly orders: number;
            /** @description Names that we caught */
            readonly success_percent: number;
            /** @description Names that another registrar registered first */
            readonly lost_percent: number;
            /**
             * @description All creates, by names caught; absent if none was
             * @example 14.2
             */
            readonly creates_per_success?: number;
            /** @description Creates that certainly could not register the name: those that came after another registrar’s, that the registry refused to judge, or of names that were not released. Absent if no create was sent */
            readonly wasted_percent?: number;
            /** @description Of the lost names of which it is known by how much, the shares that were lost by at most so much; see `LostBy`. Absent if these are few */
            readonly lost_within?: {
                /** @description By 10 ms at most, in percent */
                readonly ms10: number;
                /** @description By 100 ms at most, in percent */
                readonly ms100: number;
                /** @description By a second at most, in percent */
                readonly s1: number;
                /** @description By 10 seconds at most, in percent */
                readonly s10: number;
            };
        };
        readonly ApiKeyPage: {
            readonly items: readonly components["schemas"]["ApiKey"][];
            /** @description The cursor of the next page; absent on the last */
            readonly next?: string;
        };
        readonly ApiKey: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            readonly label: string;
            readonly scopes: readonly ("listings:read" | "backorders:read" | "backorders:write" | "registrations:read" | "registrations:write" | "contacts:read" | "contacts:write" | "balance:read" | "invoices:read" | "invoices:write" | "events:read" | "webhooks:manage" | "keys:manage")[];
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly expires_at?: string;
            readonly allowed_addresses?: readonly string[];
            /**
             * Format: date
             * @description The last day (UTC) on which it was used
             */
            readonly last_used_on?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly revoked_at?: string;
            /**
             * Format: uuid
             * @description The key in whose place this one was made
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly replaces_id?: string;
            /**
             * Format: uuid
             * @description It acts for this sub-account alone
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly sub_account_id?: string;
            /** @description This is the key of the request */
            readonly current: boolean;
        };
        readonly NewApiKey: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            readonly label: string;
            readonly scopes: readonly ("listings:read" | "backorders:read" | "backorders:write" | "registrations:read" | "registrations:write" | "contacts:read" | "contacts:write" | "balance:read" | "invoices:read" | "invoices:write" | "events:read" | "webhooks:manage" | "keys:manage")[];
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly expires_at?: string;
            readonly allowed_addresses?: readonly string[];
            /**
             * Format: date
             * @description The last day (UTC) on which it was used
             */
            readonly last_used_on?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly revoked_at?: string;
            /**
             * Format: uuid
             * @description The key in whose place this one was made
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly replaces_id?: string;
            /**
             * Format: uuid
             * @description It acts for this sub-account alone
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly sub_account_id?: string;
            /** @description This is the key of the request */
            readonly current: boolean;
            /**
             * @description The key itself. It is shown this once and stored nowhere: it is absent when the answer is given again for the same `Idempotency-Key`. Rotate a key whose text was lost
             * @example dlk_test_…
             */
            readonly key?: string;
        };
        readonly CreateApiKey: {
            /**
             * @description What the key is for
             * @example shop backend
             */
            readonly label: string;
            /**
             * Format: date-time
             * @description When it is refused from; left out: as the key of this request
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly expires_at?: string;
            /** @description The addresses and networks (CIDR) from which alone it is accepted; IPv6 networks have at most 64 bits. Left out: as the key of this request */
            readonly allowed_addresses?: readonly string[];
            readonly scopes: readonly ("listings:read" | "backorders:read" | "backorders:write" | "registrations:read" | "registrations:write" | "contacts:read" | "contacts:write" | "balance:read" | "invoices:read" | "invoices:write" | "events:read" | "webhooks:manage" | "keys:manage")[];
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly sub_account_id?: string;
        };
        readonly UpdateApiKey: {
            /**
             * @description What the key is for
             * @example shop backend
             */
            readonly label?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly expires_at?: string;
            readonly allowed_addresses?: readonly string[] | null;
        };
        readonly RotateApiKey: {
            readonly overlap_seconds: number;
        };
        readonly SubAccountPage: {
            readonly items: readonly components["schemas"]["SubAccount"][];
            /** @description The cursor of the next page; absent on the last */
            readonly next?: string;
        };
        readonly SubAccount: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            readonly label: string;
            readonly monthly_limit?: components["schemas"]["Money"] & unknown;
            readonly spent: components["schemas"]["Money"] & unknown;
            /**
             * @description The current month (UTC)
             * @example 2026-02
             */
            readonly month: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
        };
        readonly CreateSubAccount: {
            /** @example Berlin office */
            readonly label: string;
            /** @description In the currency of your account */
            readonly monthly_limit?: {
                readonly amount_minor: number;
                /**
                 * @description ISO 4217
                 * @example USD
                 */
                readonly currency: string;
            };
        };
        readonly UpdateSubAccount: {
            /** @example Berlin office */
            readonly label?: string;
            /** @description In the currency of your account */
            readonly monthly_limit?: {
                readonly amount_minor: number;
                /**
                 * @description ISO 4217
                 * @example USD
                 */
                readonly currency: string;
            } | null;
        };
        readonly BulkOrder: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /**
             * @description `processing`: items still wait. They are ordered whether you ask or not; read it again
             * @enum {string}
             */
            readonly state: "processing" | "finished";
            /** @description How many items it has */
            readonly items: number;
            readonly waiting: number;
            readonly placed: number;
            readonly refused: number;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly finished_at?: string;
        };
        readonly CreateBulkOrder: {
            readonly items: readonly components["schemas"]["NewBulkOrderItem"][];
        };
        readonly NewBulkOrderItem: {
            /**
             * @description A domain name, as A-labels or in Unicode, in upper or lower case
             * @example example.com
             */
            readonly name: string;
            readonly expected_price?: components["schemas"]["Money"] & unknown;
            /**
             * @description Your own reference, one line; spaces around it are removed
             * @example PO-2026-0815
             */
            readonly reference?: string;
            /**
             * @description Your own data: up to 20 keys of up to 40 characters, each with a text of up to 500. It is stored and shown as it is, and means nothing to us
             * @example {
             *       "customer": "c-1881",
             *       "campaign": "spring"
             *     }
             */
            readonly metadata?: {
                readonly [key: string]: string;
            };
            /**
             * Format: uuid
             * @description The sub-account of the order. A key of a sub-account need not say it, and can say no other
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly sub_account_id?: string;
            /**
             * Format: uuid
             * @description Your contact to which the name is registered, and which has every role without one of its own. Left out: the default of the account, or else the operator. It is made at the registry before the cut-off; if the registry refuses it, the name is registered to the operator, and you can change its contacts afterwards
             */
            readonly contact_id?: string;
            readonly role_contacts?: components["schemas"]["RoleContacts"];
        };
        readonly BulkOrderItemPage: {
            readonly items: readonly components["schemas"]["BulkOrderItem"][];
            /** @description The cursor of the next page; absent on the last */
            readonly next?: string;
        };
        readonly BulkOrderItem: {
            /** @description Its place in the request, from 0 */
            readonly position: number;
            /** @description As you wrote it */
            readonly name: string;
            readonly reference?: string;
            /** @enum {string} */
            readonly state: "waiting" | "placed" | "refused";
            /**
             * Format: uuid
             * @description Of a placed item
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly backorder_id?: string;
            /** @description For each role that the registry needs or the order names, the contact of the customer’s. Absent if the order has none: then the name is registered to the operator */
            readonly contacts?: readonly components["schemas"]["OrderContact"][];
            /** @description Why an item was refused, with the code that an order alone would have had */
            readonly problem?: {
                readonly code: string;
                readonly detail: string;
                readonly retryable: boolean;
                /** @description The parts of your request to correct, where that is the reason */
                readonly errors?: readonly components["schemas"]["FaultyPart"][];
            };
        };
        readonly Account: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            readonly name: string;
            /**
             * @description ISO 4217
             * @example USD
             */
            readonly currency: string;
            readonly low_balance?: components["schemas"]["Money"] & unknown;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
        };
        readonly UpdateAccount: {
            /** @description In the currency of your account */
            readonly low_balance: {
                readonly amount_minor: number;
                /**
                 * @description ISO 4217
                 * @example USD
                 */
                readonly currency: string;
            } | null;
        };
        readonly EventPage: {
            /** @description Oldest first */
            readonly items: readonly components["schemas"]["Event"][];
            /**
             * @description Give it as `after` to read on from here, now or later, also where there were no items
             * @example 4711
             */
            readonly cursor: string;
            /** @description The same cursor where more events may follow at once; absent on the last page */
            readonly next?: string;
        };
        /** @description Something that happened. New topics may be added: ignore those that you do not know */
        readonly Event: components["schemas"]["BackorderEvent"] | components["schemas"]["WatchEvent"] | components["schemas"]["DropListEvent"] | components["schemas"]["RenewalEvent"] | components["schemas"]["RegistrationEvent"] | components["schemas"]["RegistrationRequestEvent"] | components["schemas"]["RefundEvent"] | components["schemas"]["PaymentEvent"] | components["schemas"]["TopUpEvent"] | components["schemas"]["BalanceEvent"] | components["schemas"]["InvoiceEvent"] | components["schemas"]["WebhookEndpointEvent"];
        readonly BackorderEvent: {
            /**
             * Format: uuid
             * @description Of the event: the same wherever and however often it is sent
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /**
             * Format: date-time
             * @description When it occurred
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly timestamp: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "backorder.held" | "backorder.hold_lapsing" | "backorder.expired" | "backorder.secured" | "backorder.rescheduled" | "backorder.premium_flagged" | "backorder.contact_refused" | "backorder.contact_pending" | "backorder.registering" | "backorder.successful" | "backorder.failed";
            /**
             * @description Its place in the feed: give it as `after` to continue behind it
             * @example 4711
             */
            readonly cursor: string;
            readonly data: components["schemas"]["BackorderSnapshot"];
        };
        readonly WatchEvent: {
            /**
             * Format: uuid
             * @description Of the event: the same wherever and however often it is sent
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /**
             * Format: date-time
             * @description When it occurred
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly timestamp: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "watch.cutoff_near" | "watch.rescheduled";
            /**
             * @description Its place in the feed: give it as `after` to continue behind it
             * @example 4711
             */
            readonly cursor: string;
            readonly data: components["schemas"]["WatchSnapshot"];
        };
        readonly DropListEvent: {
            /**
             * Format: uuid
             * @description Of the event: the same wherever and however often it is sent
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /**
             * Format: date-time
             * @description When it occurred
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly timestamp: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "drop_list.published";
            /**
             * @description Its place in the feed: give it as `after` to continue behind it
             * @example 4711
             */
            readonly cursor: string;
            readonly data: components["schemas"]["DropListSnapshot"];
        };
        readonly RenewalEvent: {
            /**
             * Format: uuid
             * @description Of the event: the same wherever and however often it is sent
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /**
             * Format: date-time
             * @description When it occurred
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly timestamp: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "renewal.paid" | "renewal.expired" | "renewal.successful" | "renewal.failed";
            /**
             * @description Its place in the feed: give it as `after` to continue behind it
             * @example 4711
             */
            readonly cursor: string;
            readonly data: components["schemas"]["RenewalSnapshot"];
        };
        readonly RegistrationEvent: {
            /**
             * Format: uuid
             * @description Of the event: the same wherever and however often it is sent
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /**
             * Format: date-time
             * @description When it occurred
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly timestamp: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "registration.expiring" | "registration.expired" | "registration.auto_renewed" | "registration.deletion_requested" | "registration.ended";
            /**
             * @description Its place in the feed: give it as `after` to continue behind it
             * @example 4711
             */
            readonly cursor: string;
            readonly data: components["schemas"]["RegistrationSnapshot"];
        };
        readonly RegistrationRequestEvent: {
            /**
             * Format: uuid
             * @description Of the event: the same wherever and however often it is sent
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /**
             * Format: date-time
             * @description When it occurred
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly timestamp: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "registration_request.succeeded" | "registration_request.failed";
            /**
             * @description Its place in the feed: give it as `after` to continue behind it
             * @example 4711
             */
            readonly cursor: string;
            readonly data: components["schemas"]["RegistrationRequestSnapshot"];
        };
        readonly RefundEvent: {
            /**
             * Format: uuid
             * @description Of the event: the same wherever and however often it is sent
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /**
             * Format: date-time
             * @description When it occurred
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly timestamp: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "refund.succeeded" | "refund.failed";
            /**
             * @description Its place in the feed: give it as `after` to continue behind it
             * @example 4711
             */
            readonly cursor: string;
            readonly data: components["schemas"]["RefundSnapshot"];
        };
        readonly PaymentEvent: {
            /**
             * Format: uuid
             * @description Of the event: the same wherever and however often it is sent
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /**
             * Format: date-time
             * @description When it occurred
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly timestamp: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "payment.failed" | "payment.disputed" | "payment.dispute_won" | "payment.charged_back";
            /**
             * @description Its place in the feed: give it as `after` to continue behind it
             * @example 4711
             */
            readonly cursor: string;
            readonly data: components["schemas"]["PaymentSnapshot"];
        };
        readonly TopUpEvent: {
            /**
             * Format: uuid
             * @description Of the event: the same wherever and however often it is sent
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /**
             * Format: date-time
             * @description When it occurred
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly timestamp: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "account.topped_up" | "account.top_up_reversed" | "account.credited";
            /**
             * @description Its place in the feed: give it as `after` to continue behind it
             * @example 4711
             */
            readonly cursor: string;
            readonly data: components["schemas"]["TopUpSnapshot"];
        };
        readonly BalanceEvent: {
            /**
             * Format: uuid
             * @description Of the event: the same wherever and however often it is sent
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /**
             * Format: date-time
             * @description When it occurred
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly timestamp: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "balance.low";
            /**
             * @description Its place in the feed: give it as `after` to continue behind it
             * @example 4711
             */
            readonly cursor: string;
            readonly data: components["schemas"]["BalanceSnapshot"];
        };
        readonly InvoiceEvent: {
            /**
             * Format: uuid
             * @description Of the event: the same wherever and however often it is sent
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /**
             * Format: date-time
             * @description When it occurred
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly timestamp: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "invoice.issued" | "credit_note.issued";
            /**
             * @description Its place in the feed: give it as `after` to continue behind it
             * @example 4711
             */
            readonly cursor: string;
            readonly data: components["schemas"]["InvoiceSnapshot"];
        };
        readonly WebhookEndpointEvent: {
            /**
             * Format: uuid
             * @description Of the event: the same wherever and however often it is sent
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /**
             * Format: date-time
             * @description When it occurred
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly timestamp: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly type: "webhook_endpoint.tested" | "webhook_endpoint.disabled";
            /**
             * @description Its place in the feed: give it as `after` to continue behind it
             * @example 4711
             */
            readonly cursor: string;
            readonly data: components["schemas"]["WebhookEndpointSnapshot"];
        };
        readonly Sandbox: {
            /**
             * @description Of your account alone
             * @example qmbadtgk.sandbox
             */
            readonly zone: string;
            readonly kinds: readonly components["schemas"]["SandboxKind"][];
            readonly time_scale: {
                readonly min: number;
                readonly usual: number;
                readonly max: number;
            };
            /** @description Those that have not ended, the newest first */
            readonly drops: readonly components["schemas"]["SandboxDrop"][];
        };
        readonly SandboxKind: {
            readonly label: string;
            readonly ends: string;
        };
        readonly SandboxDrop: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /**
             * @description `preparing`: its names are not all on the list yet, which takes a few seconds. `ended`: all of them have ended
             * @enum {string}
             */
            readonly state: "preparing" | "running" | "ended";
            readonly time_scale: number;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @description When the registry is to release the names
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly drops_at: string;
            /**
             * Format: date-time
             * @description By then every name has ended
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly ends_at: string;
            readonly names: readonly components["schemas"]["SandboxName"][];
        };
        readonly SandboxName: {
            /**
             * @description A-labels, lower case
             * @example example.com
             */
            readonly name: string;
            /**
             * @description Absent until it is listed
             * @enum {string}
             */
            readonly listing_state?: "upcoming" | "open" | "closed" | "dropping" | "caught" | "lost" | "missed" | "premium" | "withdrawn" | "refused" | "unsold";
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly cutoff_at?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly drop_from?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly drop_to?: string;
            /**
             * Format: uuid
             * @description Your last order of it
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly backorder_id?: string;
        };
        readonly CreateSandboxDrop: {
            /** @description Names below your zone. One that is listed already and has not dropped moves to the new time, with its order. Absent: one of each kind, with labels that were not used before */
            readonly names?: readonly string[];
            /**
             * @description How many times faster than a real one the day passes from list to drop: 1,440 (the default) is a minute, 2,880 half a minute, 1 a day. For a payment by card use 100 or less
             * @default 1440
             */
            readonly time_scale?: number;
        };
        readonly WebhookEndpointPage: {
            readonly items: readonly components["schemas"]["WebhookEndpoint"][];
            /** @description The cursor of the next page; absent on the last */
            readonly next?: string;
        };
        readonly WebhookEndpoint: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /** @example https://shop.example.com/droplock */
            readonly url: string;
            readonly description?: string;
            /** @description Absent: every topic */
            readonly topics?: readonly components["schemas"]["EventTopic"][];
            readonly enabled: boolean;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly disabled_at?: string;
            /**
             * @description `requested`: by you. `gone`: it answered 410. `failing`: nothing could be delivered to it for five days
             * @enum {string}
             */
            readonly disabled_reason?: "requested" | "gone" | "failing";
            /**
             * Format: date-time
             * @description Nothing that was sent to it since then succeeded
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly failing_since?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly last_delivered_at?: string;
            /**
             * Format: date-time
             * @description What it has not taken since then is being planned again; nothing is sent meanwhile
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly recovering_since?: string;
            /**
             * Format: date-time
             * @description Until then webhooks are signed with the secret before as well
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly previous_secret_until?: string;
        };
        /**
         * @example backorder.successful
         * @enum {string}
         */
        readonly EventTopic: "backorder.held" | "backorder.hold_lapsing" | "backorder.expired" | "backorder.secured" | "backorder.rescheduled" | "backorder.premium_flagged" | "backorder.contact_refused" | "backorder.contact_pending" | "backorder.registering" | "backorder.successful" | "backorder.failed" | "watch.cutoff_near" | "watch.rescheduled" | "drop_list.published" | "renewal.paid" | "renewal.expired" | "renewal.successful" | "renewal.failed" | "registration.expiring" | "registration.expired" | "registration.auto_renewed" | "registration.deletion_requested" | "registration.ended" | "registration_request.succeeded" | "registration_request.failed" | "refund.succeeded" | "refund.failed" | "payment.failed" | "payment.disputed" | "payment.dispute_won" | "payment.charged_back" | "account.topped_up" | "account.top_up_reversed" | "account.credited" | "balance.low" | "invoice.issued" | "credit_note.issued" | "webhook_endpoint.tested" | "webhook_endpoint.disabled";
        readonly NewWebhookEndpoint: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /** @example https://shop.example.com/droplock */
            readonly url: string;
            readonly description?: string;
            /** @description Absent: every topic */
            readonly topics?: readonly components["schemas"]["EventTopic"][];
            readonly enabled: boolean;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly disabled_at?: string;
            /**
             * @description `requested`: by you. `gone`: it answered 410. `failing`: nothing could be delivered to it for five days
             * @enum {string}
             */
            readonly disabled_reason?: "requested" | "gone" | "failing";
            /**
             * Format: date-time
             * @description Nothing that was sent to it since then succeeded
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly failing_since?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly last_delivered_at?: string;
            /**
             * Format: date-time
             * @description What it has not taken since then is being planned again; nothing is sent meanwhile
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly recovering_since?: string;
            /**
             * Format: date-time
             * @description Until then webhooks are signed with the secret before as well
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly previous_secret_until?: string;
            /**
             * @description The secret that signs (Standard Webhooks). It is shown this once: it is absent when the answer is given again for the same `Idempotency-Key`. Rotate a secret that was lost
             * @example whsec_…
             */
            readonly secret?: string;
        };
        readonly CreateWebhookEndpoint: {
            /**
             * @description Where webhooks are posted: a public `https` address without user and password. Redirects are not followed
             * @example https://shop.example.com/droplock
             */
            readonly url: string;
            /**
             * @description What is sent to it; left out: everything, also topics that are added later
             * @example [
             *       "backorder.successful",
             *       "backorder.failed"
             *     ]
             */
            readonly topics?: readonly components["schemas"]["EventTopic"][];
            /** @example shop backend */
            readonly description?: string;
        };
        readonly UpdateWebhookEndpoint: {
            /**
             * @description Where webhooks are posted: a public `https` address without user and password. Redirects are not followed
             * @example https://shop.example.com/droplock
             */
            readonly url?: string;
            /**
             * @description What is sent to it; left out: everything, also topics that are added later
             * @example [
             *       "backorder.successful",
             *       "backorder.failed"
             *     ]
             */
            readonly topics?: readonly components["schemas"]["EventTopic"][] | null;
            /** @example shop backend */
            readonly description?: string | null;
            readonly enabled?: boolean;
        };
        readonly RotateWebhookSecret: {
            /**
             * @description For how long the secret before is valid as well
             * @default 86400
             */
            readonly overlap_seconds?: number;
        };
        readonly WebhookTest: {
            /**
             * Format: uuid
             * @description Find its delivery by `event_id` in the log of the endpoint
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly event_id: string;
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly endpoint_id: string;
        };
        readonly RecoverWebhookEndpoint: {
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly since: string;
        };
        readonly WebhookDeliveryPage: {
            readonly items: readonly components["schemas"]["WebhookDelivery"][];
            /** @description The cursor of the next page; absent on the last */
            readonly next?: string;
        };
        readonly WebhookDelivery: {
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly id: string;
            /**
             * Format: uuid
             * @description The `webhook-id` of every attempt
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly event_id: string;
            readonly topic: components["schemas"]["EventTopic"];
            /**
             * Format: uuid
             * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
             */
            readonly subject_id: string;
            /**
             * @description `failed`: given up. `retry` and `recover` send it again
             * @enum {string}
             */
            readonly state: "pending" | "delivered" | "failed";
            /** @description An earlier event about the same subject is on its way */
            readonly waits: boolean;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly next_attempt_at?: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly decided_at?: string;
            /** @description The latest 20, newest first */
            readonly attempts: readonly components["schemas"]["WebhookAttempt"][];
        };
        readonly WebhookAttempt: {
            /**
             * Format: date-time
             * @example 2026-02-15T13:00:00.000Z
             */
            readonly attempted_at: string;
            readonly duration_ms: number;
            /**
             * @description Of HTTP; absent: there was no answer
             * @example 500
             */
            readonly status?: number;
            /** @description The beginning of the answer */
            readonly answer?: string;
            /**
             * @description Why it was no success
             * @example answered 500
             */
            readonly failure?: string;
        };
    };
    responses: {
        /**
         * @description `account_suspended`: The account of this API key is suspended, and none of its keys is accepted. What it has ordered goes on. Contact us; the same keys work again when the account is resumed.
         *
         *     `insufficient_scope`: The API key is valid but does not have the scope in `scope`. Use a key that has it.
         *
         *     `address_not_allowed`: The API key is valid but may be used from other addresses only. `address` is where this request came from. Its account sets the addresses of its keys.
         */
        readonly "account_suspended.insufficient_scope.address_not_allowed": {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `api_key_not_found`: There is no API key with this id. */
        readonly api_key_not_found: {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `backorder_not_found`: Your account has no backorder with this id. */
        readonly backorder_not_found: {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `bulk_order_not_found`: Your account has no bulk order with this id. */
        readonly bulk_order_not_found: {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `contact_not_found`: Your account has no contact with this id. */
        readonly contact_not_found: {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description `insufficient_balance`: Your account's balance and credit do not cover the price. Top up, then order again.
         *
         *     `sub_account_limit_reached`: The order would take more from the balance this month than the limit of its sub-account. Raise the limit, or wait for the next month.
         */
        readonly "insufficient_balance.sub_account_limit_reached": {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `internal_error`: This is our fault, and it is logged under `request_id`. If this was an order, check whether it was placed. */
        readonly internal_error: {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `invalid_request`: A parameter or a member of the body is missing, unknown or invalid; `detail` says which. */
        readonly invalid_request: {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description `invalid_request`: A parameter or a member of the body is missing, unknown or invalid; `detail` says which.
         *
         *     `currency_mismatch`: The account has the currency in `currency`, which never changes. Amounts in other currencies cannot be credited to it.
         */
        readonly "invalid_request.currency_mismatch": {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description `invalid_request`: A parameter or a member of the body is missing, unknown or invalid; `detail` says which.
         *
         *     `idempotency_key_reused`: This Idempotency-Key belongs to an earlier request to another path or with another body. Use a new key for a new request.
         */
        readonly "invalid_request.idempotency_key_reused": {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description `invalid_request`: A parameter or a member of the body is missing, unknown or invalid; `detail` says which.
         *
         *     `invalid_cursor`: This cursor is not from this list. Use the `next` of an earlier page, or no cursor to start from the beginning.
         */
        readonly "invalid_request.invalid_cursor": {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description `invalid_request`: A parameter or a member of the body is missing, unknown or invalid; `detail` says which.
         *
         *     `invalid_name`: This is not a domain name that can be registered: one label directly below a zone.
         */
        readonly "invalid_request.invalid_name": {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description `invalid_request`: A parameter or a member of the body is missing, unknown or invalid; `detail` says which.
         *
         *     `invalid_name`: This is not a domain name that can be registered: one label directly below a zone.
         *
         *     `idempotency_key_reused`: This Idempotency-Key belongs to an earlier request to another path or with another body. Use a new key for a new request.
         */
        readonly "invalid_request.invalid_name.idempotency_key_reused": {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description `invalid_request`: A parameter or a member of the body is missing, unknown or invalid; `detail` says which.
         *
         *     `invalid_name`: This is not a domain name that can be registered: one label directly below a zone.
         *
         *     `invalid_cursor`: This cursor is not from this list. Use the `next` of an earlier page, or no cursor to start from the beginning.
         */
        readonly "invalid_request.invalid_name.invalid_cursor": {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description `invalid_request`: A parameter or a member of the body is missing, unknown or invalid; `detail` says which.
         *
         *     `invalid_period`: The period includes `from` and ends just before `to`, so `from` must be the earlier time. `since` is a time of the last 30 days.
         */
        readonly "invalid_request.invalid_period": {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description `invoice_not_available`: Invoices are available for successful orders only. `state` is the current state of this one.
         *
         *     `billing_profile_missing`: An invoice needs a billing profile. Set it with PUT /v1/billing-profile, then request the invoice again.
         */
        readonly "invoice_not_available.billing_profile_missing": {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `invoice_not_found`: Your account has no invoice or credit note with this id. */
        readonly invoice_not_found: {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description `key_exceeds_own`: A key never grants more than the key that makes or changes it: no other scopes, no later expiry, no other addresses. The member of the problem says which.
         *
         *     `account_suspended`: The account of this API key is suspended, and none of its keys is accepted. What it has ordered goes on. Contact us; the same keys work again when the account is resumed.
         *
         *     `insufficient_scope`: The API key is valid but does not have the scope in `scope`. Use a key that has it.
         *
         *     `address_not_allowed`: The API key is valid but may be used from other addresses only. `address` is where this request came from. Its account sets the addresses of its keys.
         */
        readonly "key_exceeds_own.account_suspended.insufficient_scope.address_not_allowed": {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `listing_not_found`: The name is on no published drop list. */
        readonly listing_not_found: {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description `malformed_json`: The body is not valid JSON.
         *
         *     `body_required`: This operation needs a JSON body.
         *
         *     `malformed_text`: The part of the request named in `place` is not valid UTF-8, or contains a lone surrogate or a control character other than tab and line breaks.
         */
        readonly "malformed_json.body_required.malformed_text": {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description `malformed_json`: The body is not valid JSON.
         *
         *     `body_required`: This operation needs a JSON body.
         *
         *     `malformed_text`: The part of the request named in `place` is not valid UTF-8, or contains a lone surrogate or a control character other than tab and line breaks.
         *
         *     `idempotency_key_missing`: Send a header `Idempotency-Key` with a new value for each new request, and the same value whenever you repeat that request.
         *
         *     `idempotency_key_malformed`: An Idempotency-Key has from 1 to 255 printable ASCII characters, as a UUID has.
         */
        readonly "malformed_json.body_required.malformed_text.idempotency_key_missing.idempotency_key_malformed": {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description `malformed_json`: The body is not valid JSON.
         *
         *     `body_required`: This operation needs a JSON body.
         *
         *     `malformed_text`: The part of the request named in `place` is not valid UTF-8, or contains a lone surrogate or a control character other than tab and line breaks.
         *
         *     `precondition_malformed`: The header `If-Match` is `*` or a list of strong entity tags as `ETag` had them, and `If-None-Match` is `*`. Send one of them.
         */
        readonly "malformed_json.body_required.malformed_text.precondition_malformed": {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `malformed_text`: The part of the request named in `place` is not valid UTF-8, or contains a lone surrogate or a control character other than tab and line breaks. */
        readonly malformed_text: {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description `malformed_text`: The part of the request named in `place` is not valid UTF-8, or contains a lone surrogate or a control character other than tab and line breaks.
         *
         *     `idempotency_key_missing`: Send a header `Idempotency-Key` with a new value for each new request, and the same value whenever you repeat that request.
         *
         *     `idempotency_key_malformed`: An Idempotency-Key has from 1 to 255 printable ASCII characters, as a UUID has.
         */
        readonly "malformed_text.idempotency_key_missing.idempotency_key_malformed": {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description `payment_ended`: It is already paid, or the time to pay is over. If the name is still free, order it again.
         *
         *     `card_unavailable`: Cards are not accepted at the moment. Nothing was ordered or held. Pay from the balance.
         *
         *     `request_in_progress`: The first request with this Idempotency-Key is still being processed. Send this one again, unchanged, after `Retry-After`: you will get the answer of the first.
         */
        readonly "payment_ended.card_unavailable.request_in_progress": {
            headers: {
                /** @description When to send the request again, in seconds or as a date; absent where that would not help */
                readonly "Retry-After"?: string;
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `precondition_failed`: It is not as you read it any more. Read it again, decide anew, and send the edit with the new `ETag`. */
        readonly precondition_failed: {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `precondition_required`: Send the `ETag` of what you read as `If-Match`, so that you do not overwrite what another has changed since; or `If-None-Match: *` to create what is not there yet. */
        readonly precondition_required: {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description `rate_limited`: Your account has used up its requests of this minute, of the kind in `bucket` (`reads`: GET; `claims`: all others). `RateLimit` and `RateLimit-Policy` of every answer say what is left. Send it again after `Retry-After`.
         *
         *     `address_limited`: Too many requests without a valid API key came from your address. Requests with a key that works are still accepted.
         */
        readonly "rate_limited.address_limited": {
            headers: {
                /** @description When to send the request again, in seconds or as a date; absent where that would not help */
                readonly "Retry-After"?: string;
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description `read_limit_reached`: Other searches and lists of your account are still running. Send the next when one is answered.
         *
         *     `rate_limited`: Your account has used up its requests of this minute, of the kind in `bucket` (`reads`: GET; `claims`: all others). `RateLimit` and `RateLimit-Policy` of every answer say what is left. Send it again after `Retry-After`.
         *
         *     `address_limited`: Too many requests without a valid API key came from your address. Requests with a key that works are still accepted.
         */
        readonly "read_limit_reached.rate_limited.address_limited": {
            headers: {
                /** @description When to send the request again, in seconds or as a date; absent where that would not help */
                readonly "Retry-After"?: string;
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `registration_not_found`: Your account has no registration with this id. */
        readonly registration_not_found: {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `registration_request_not_found`: Your account has no such request for a registration with this id. */
        readonly registration_request_not_found: {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `renewal_not_found`: Your account has no renewal with this id. */
        readonly renewal_not_found: {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `request_in_progress`: The first request with this Idempotency-Key is still being processed. Send this one again, unchanged, after `Retry-After`: you will get the answer of the first. */
        readonly request_in_progress: {
            headers: {
                /** @description When to send the request again, in seconds or as a date; absent where that would not help */
                readonly "Retry-After"?: string;
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `request_timeout`: The body did not arrive in time. Nothing was done. Send the request again. */
        readonly request_timeout: {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `request_too_large`: The body is larger than this operation accepts. */
        readonly request_too_large: {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `sub_account_not_found`: Your account has no sub-account with this id. */
        readonly sub_account_not_found: {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description `try_again`: Many requests for the same thing arrived at once, and this one waited too long. Nothing was done. Send it again.
         *
         *     `unavailable`: The service cannot answer at the moment. If this was an order, check whether it was placed before you send it again.
         */
        readonly "try_again.unavailable": {
            headers: {
                /** @description When to send the request again, in seconds or as a date; absent where that would not help */
                readonly "Retry-After"?: string;
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `unauthenticated`: Send a valid API key as `Authorization: Bearer dlk_…`. Test keys and live keys are not interchangeable, and revoked keys are refused. */
        readonly unauthenticated: {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `unsupported_media_type`: Send the body as JSON with the header `Content-Type: application/json`. */
        readonly unsupported_media_type: {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `webhook_endpoint_disabled`: Nothing is sent to this webhook endpoint. Enable it first. */
        readonly webhook_endpoint_disabled: {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `webhook_endpoint_not_found`: Your account has no webhook endpoint with this id. */
        readonly webhook_endpoint_not_found: {
            headers: {
                readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                readonly RateLimit: components["headers"]["RateLimit"];
                readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /**
         * @description What is left of your account's requests of this minute (draft-ietf-httpapi-ratelimit-headers): `r` of the bucket, for `t` seconds. With every answer to a valid key
         * @example "reads";r=598;t=42
         */
        readonly RateLimit: string;
        /**
         * @description The quota `q` of the bucket in `w` seconds. With every answer to a valid key
         * @example "reads";q=600;w=60
         */
        readonly "RateLimit-Policy": string;
        /**
         * @description How to authenticate (RFC 9110 §11.6.1)
         * @example Bearer realm="droplock"
         */
        readonly "WWW-Authenticate": string;
        /**
         * @description The id of this request: the `X-Request-Id` that you sent, or one of ours. Name it when you ask us about an answer
         * @example 6f1c2d9e
         */
        readonly "X-Request-Id": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readonly searchListings: {
        readonly parameters: {
            readonly query?: {
                /** @description A part of the label with at least three letters or digits in a row, in any case. In Unicode it is the whole label, which is searched for as its A-label */
                readonly q?: string;
                /** @description How the label begins; A-labels */
                readonly starts_with?: string;
                /** @description How the label ends; A-labels */
                readonly ends_with?: string;
                /** @description One or more zones, with commas between them */
                readonly zone?: string;
                /** @description The least number of characters of the label; that of an IDN is the length of its A-label */
                readonly length_min?: number;
                /** @description The greatest number of characters of the label */
                readonly length_max?: number;
                /** @description Labels without digits, with at least one, or with nothing else. Finds no IDNs */
                readonly digits?: "none" | "any" | "only";
                /** @description Labels without hyphens, or with at least one. Finds no IDNs */
                readonly hyphens?: "none" | "any";
                /** @description Only internationalised names, or none */
                readonly idn?: boolean;
                /** @description `letters`: only letters; `digits`: only digits; or a pattern of up to 6 characters. `C` is a consonant, `V` a vowel (a, e, i, o, u), `L` any letter, `N` a digit: `CVCV`, `LLN`. A pattern that begins with `A` says which characters are the same: `AABB`, `ABAB`. Finds no IDNs and no hyphens */
                readonly shape?: string;
                /** @description The first day (UTC) on which the drop window begins */
                readonly drop_from?: string;
                /** @description The last such day */
                readonly drop_to?: string;
                /** @description The lowest price, in minor units of your currency */
                readonly price_min_minor?: number;
                /** @description The highest price; names without a price in your currency are left out */
                readonly price_max_minor?: number;
                readonly state?: "upcoming" | "open" | "closed" | "dropping" | "caught" | "lost" | "missed" | "premium" | "withdrawn" | "refused" | "unsold";
                /** @description Names that you can order now, or those that you cannot although they are `open` */
                readonly orderable?: boolean;
                /** @description Whether to count what matches, up to 10000 */
                readonly total?: boolean;
                /** @description By cut-off, soonest first, by name, or by price, cheapest first. Names that have ended are sorted by their drop instead of the cut-off; only open and upcoming names are sorted by price */
                readonly order?: "cutoff" | "name" | "price";
                /** @description The `next` of an earlier page, to read the one after it */
                readonly cursor?: string;
                /** @description Number of items per page */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of listings */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ListingPage"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            /**
             * @description `invalid_request`: A parameter or a member of the body is missing, unknown or invalid; `detail` says which.
             *
             *     `invalid_cursor`: This cursor is not from this list. Use the `next` of an earlier page, or no cursor to start from the beginning.
             *
             *     `search_text_too_short`: A part of a label is searched for with at least `characters_min` letters or digits in a row. Use `starts_with` or `ends_with` for shorter texts.
             *
             *     `search_too_broad`: No index answers this search quickly, and it was ended. Add a filter, such as a zone, a drop date or a longer text.
             */
            readonly 422: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 429: components["responses"]["read_limit_reached.rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly getListing: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description A domain name, as A-labels or in Unicode, in upper or lower case */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The listing */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Listing"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["listing_not_found"];
            readonly 422: components["responses"]["invalid_request.invalid_name"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly listBackorders: {
        readonly parameters: {
            readonly query?: {
                readonly state?: "pending_payment" | "backordered" | "registering" | "successful" | "failed" | "expired";
                /** @description Only this zone */
                readonly zone?: string;
                /** @description A part of the name, as A-labels */
                readonly name?: string;
                /** @description Exactly this reference */
                readonly reference?: string;
                /** @description Only orders of this sub-account */
                readonly sub_account_id?: string;
                /** @description The first day (UTC) on which the drop window begins */
                readonly drop_from?: string;
                /** @description The last such day */
                readonly drop_to?: string;
                /** @description Whether to count what matches, by state, up to 10000 in all */
                readonly counts?: boolean;
                /** @description The `next` of an earlier page, to read the one after it */
                readonly cursor?: string;
                /** @description Number of items per page */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of backorders */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["BackorderPage"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 422: components["responses"]["invalid_request.invalid_cursor"];
            readonly 429: components["responses"]["read_limit_reached.rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly placeBackorder: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /**
                 * @description A value of your own for each new request, from 1 to 255 printable ASCII characters, such as a UUID. Send the same one whenever you repeat the request: it is done once, and its answer is given again for 30 days, with `Idempotent-Replayed: true`. A refusal is not kept: the same request is then tried anew.
                 * @example 0b9f3c4e-6a0f-4c58-9a43-0c6a2f1d7e55
                 */
                readonly "Idempotency-Key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["PlaceBackorder"];
            };
        };
        readonly responses: {
            /** @description The name is secured, or held until it is paid */
            readonly 201: {
                headers: {
                    /** @description The path of the backorder */
                    readonly Location: string;
                    /** @description The answer of an earlier request with the same `Idempotency-Key` */
                    readonly "Idempotent-Replayed"?: "true";
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["PlacedBackorder"];
                };
            };
            readonly 400: components["responses"]["malformed_json.body_required.malformed_text.idempotency_key_missing.idempotency_key_malformed"];
            readonly 401: components["responses"]["unauthenticated"];
            /**
             * @description `sub_account_limit_reached`: The order would take more from the balance this month than the limit of its sub-account. Raise the limit, or wait for the next month.
             *
             *     `insufficient_balance`: Your account's balance and credit do not cover the price. Top up, then order again.
             */
            readonly 402: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            /**
             * @description `listing_not_found`: The name is on no published drop list.
             *
             *     `contact_not_found`: Your account has no contact with this id.
             *
             *     `sub_account_not_found`: Your account has no sub-account with this id.
             */
            readonly 404: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 408: components["responses"]["request_timeout"];
            /**
             * @description `listing_not_open_yet`: Orders for this name have not opened yet. Order again at or after `opens_at`.
             *
             *     `listing_closed`: Orders for this name are closed: it is dropping, or its drop is over.
             *
             *     `cutoff_passed`: The cut-off for orders of this name has passed.
             *
             *     `zone_disabled`: This zone accepts no new orders for now. Secured orders remain valid.
             *
             *     `name_premium`: The registry charges a premium price for this name. Premium names cannot be backordered.
             *
             *     `name_reserved`: The registry will not release this name for registration.
             *
             *     `name_suspect`: The name is missing from its registry's latest list. It can be ordered again once its deletion is confirmed.
             *
             *     `name_blocked`: This name is not offered.
             *
             *     `name_taken`: Another account holds the backorder for this name. There is one backorder per name, and no auction.
             *
             *     `already_yours`: Your account already holds this name; `backorder_id` is its order. Nothing was ordered or paid twice. This is also the answer when you repeat an order whose first answer was lost.
             *
             *     `price_unavailable`: This name has no price in the currency of your account.
             *
             *     `price_changed`: The name has another price than `expected_price`; `price` is the current one. Nothing was ordered. Order again with that price if you accept it.
             *
             *     `card_unavailable`: Cards are not accepted at the moment. Nothing was ordered or held. Pay from the balance.
             *
             *     `hold_not_available`: This name was already held unpaid once in this cycle. The first account that pays now gets it: order from the balance, or open a card payment without a hold (POST /v1/payments).
             *
             *     `hold_too_late`: A card payment must arrive five minutes before orders close, and there are less than two minutes left until then. Order from the balance.
             *
             *     `hold_limit_reached`: Your account may have `open_holds_max` unpaid orders at a time. Pay or release one first.
             *
             *     `request_in_progress`: The first request with this Idempotency-Key is still being processed. Send this one again, unchanged, after `Retry-After`: you will get the answer of the first.
             */
            readonly 409: {
                headers: {
                    /** @description When to send the request again, in seconds or as a date; absent where that would not help */
                    readonly "Retry-After"?: string;
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 413: components["responses"]["request_too_large"];
            readonly 415: components["responses"]["unsupported_media_type"];
            readonly 422: components["responses"]["invalid_request.invalid_name.idempotency_key_reused"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly getBackorder: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The backorder with its attempts, outcome, payments and refunds */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["BackorderDetail"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["backorder_not_found"];
            readonly 422: components["responses"]["invalid_request"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly listAttempts: {
        readonly parameters: {
            readonly query?: {
                /** @description The `next` of an earlier page, or the `attempts_next` of the backorder */
                readonly cursor?: string;
                /** @description Number of items per page */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of attempts */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AttemptPage"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["backorder_not_found"];
            readonly 422: components["responses"]["invalid_request.invalid_cursor"];
            readonly 429: components["responses"]["read_limit_reached.rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly releaseBackorder: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The backorder, now expired */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Backorder"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["backorder_not_found"];
            /** @description `backorder_not_releasable`: Only an unpaid order can be released. A secured backorder cannot be cancelled. */
            readonly 409: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 422: components["responses"]["invalid_request"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly checkBackorder: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["PlaceBackorder"];
            };
        };
        readonly responses: {
            /** @description What the order would do */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["OrderCheck"];
                };
            };
            readonly 400: components["responses"]["malformed_json.body_required.malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 408: components["responses"]["request_timeout"];
            readonly 413: components["responses"]["request_too_large"];
            readonly 415: components["responses"]["unsupported_media_type"];
            readonly 422: components["responses"]["invalid_request.invalid_name"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly getBackorderTimeline: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description What happened */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["BackorderTimeline"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["backorder_not_found"];
            readonly 422: components["responses"]["invalid_request"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly listRefunds: {
        readonly parameters: {
            readonly query?: {
                readonly state?: "proposed" | "approved" | "processing" | "succeeded" | "failed" | "rejected" | "expired";
                readonly backorder_id?: string;
                /** @description The `next` of an earlier page, to read the one after it */
                readonly cursor?: string;
                /** @description Number of items per page */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of refunds */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RefundPage"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 422: components["responses"]["invalid_request.invalid_cursor"];
            readonly 429: components["responses"]["read_limit_reached.rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly getRefund: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The refund */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RefundDetail"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            /** @description `refund_not_found`: There is no refund with this id. */
            readonly 404: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 422: components["responses"]["invalid_request"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly payBackorder: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /**
                 * @description A value of your own for each new request, from 1 to 255 printable ASCII characters, such as a UUID. Send the same one whenever you repeat the request: it is done once, and its answer is given again for 30 days, with `Idempotent-Replayed: true`. A refusal is not kept: the same request is then tried anew.
                 * @example 0b9f3c4e-6a0f-4c58-9a43-0c6a2f1d7e55
                 */
                readonly "Idempotency-Key"?: string;
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The payment to be made */
            readonly 201: {
                headers: {
                    /** @description The path of the payment */
                    readonly Location: string;
                    /** @description The answer of an earlier request with the same `Idempotency-Key` */
                    readonly "Idempotent-Replayed"?: "true";
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Payment"];
                };
            };
            readonly 400: components["responses"]["malformed_text.idempotency_key_missing.idempotency_key_malformed"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["backorder_not_found"];
            readonly 409: components["responses"]["payment_ended.card_unavailable.request_in_progress"];
            readonly 422: components["responses"]["invalid_request.idempotency_key_reused"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly payForName: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /**
                 * @description A value of your own for each new request, from 1 to 255 printable ASCII characters, such as a UUID. Send the same one whenever you repeat the request: it is done once, and its answer is given again for 30 days, with `Idempotent-Replayed: true`. A refusal is not kept: the same request is then tried anew.
                 * @example 0b9f3c4e-6a0f-4c58-9a43-0c6a2f1d7e55
                 */
                readonly "Idempotency-Key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["PayForName"];
            };
        };
        readonly responses: {
            /** @description The payment to be made */
            readonly 201: {
                headers: {
                    /** @description The path of the payment */
                    readonly Location: string;
                    /** @description The answer of an earlier request with the same `Idempotency-Key` */
                    readonly "Idempotent-Replayed"?: "true";
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Payment"];
                };
            };
            readonly 400: components["responses"]["malformed_json.body_required.malformed_text.idempotency_key_missing.idempotency_key_malformed"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["listing_not_found"];
            readonly 408: components["responses"]["request_timeout"];
            /**
             * @description `listing_not_open_yet`: Orders for this name have not opened yet. Order again at or after `opens_at`.
             *
             *     `listing_closed`: Orders for this name are closed: it is dropping, or its drop is over.
             *
             *     `cutoff_passed`: The cut-off for orders of this name has passed.
             *
             *     `zone_disabled`: This zone accepts no new orders for now. Secured orders remain valid.
             *
             *     `name_premium`: The registry charges a premium price for this name. Premium names cannot be backordered.
             *
             *     `name_reserved`: The registry will not release this name for registration.
             *
             *     `name_suspect`: The name is missing from its registry's latest list. It can be ordered again once its deletion is confirmed.
             *
             *     `name_blocked`: This name is not offered.
             *
             *     `name_taken`: Another account holds the backorder for this name. There is one backorder per name, and no auction.
             *
             *     `already_yours`: Your account already holds this name; `backorder_id` is its order. Nothing was ordered or paid twice. This is also the answer when you repeat an order whose first answer was lost.
             *
             *     `price_unavailable`: This name has no price in the currency of your account.
             *
             *     `hold_too_late`: A card payment must arrive five minutes before orders close, and there are less than two minutes left until then. Order from the balance.
             *
             *     `card_unavailable`: Cards are not accepted at the moment. Nothing was ordered or held. Pay from the balance.
             *
             *     `payment_limit_reached`: Your account has reached its limit of open card payments without a hold. Pay one, or wait until one ends at its `pay_by`.
             *
             *     `request_in_progress`: The first request with this Idempotency-Key is still being processed. Send this one again, unchanged, after `Retry-After`: you will get the answer of the first.
             */
            readonly 409: {
                headers: {
                    /** @description When to send the request again, in seconds or as a date; absent where that would not help */
                    readonly "Retry-After"?: string;
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 413: components["responses"]["request_too_large"];
            readonly 415: components["responses"]["unsupported_media_type"];
            readonly 422: components["responses"]["invalid_request.invalid_name.idempotency_key_reused"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly getPayment: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The payment and its refunds */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["PaymentDetail"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            /** @description `payment_not_found`: Your account has no payment with this id. */
            readonly 404: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 422: components["responses"]["invalid_request"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly payRenewal: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /**
                 * @description A value of your own for each new request, from 1 to 255 printable ASCII characters, such as a UUID. Send the same one whenever you repeat the request: it is done once, and its answer is given again for 30 days, with `Idempotent-Replayed: true`. A refusal is not kept: the same request is then tried anew.
                 * @example 0b9f3c4e-6a0f-4c58-9a43-0c6a2f1d7e55
                 */
                readonly "Idempotency-Key"?: string;
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The payment to be made */
            readonly 201: {
                headers: {
                    /** @description The path of the payment */
                    readonly Location: string;
                    /** @description The answer of an earlier request with the same `Idempotency-Key` */
                    readonly "Idempotent-Replayed"?: "true";
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Payment"];
                };
            };
            readonly 400: components["responses"]["malformed_text.idempotency_key_missing.idempotency_key_malformed"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["renewal_not_found"];
            readonly 409: components["responses"]["payment_ended.card_unavailable.request_in_progress"];
            readonly 422: components["responses"]["invalid_request.idempotency_key_reused"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly listRegistrations: {
        readonly parameters: {
            readonly query?: {
                /** @description A domain name, as A-labels or in Unicode, in upper or lower case */
                readonly name?: string;
                /** @description A-labels, lower case */
                readonly zone?: string;
                readonly backorder_id?: string;
                readonly state?: "registered" | "expired" | "ended";
                /** @description Expires at this time or later */
                readonly expires_from?: string;
                /** @description Expires before this time */
                readonly expires_before?: string;
                /** @description The `next` of an earlier page, to read the one after it */
                readonly cursor?: string;
                /** @description Number of items per page */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of registrations */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RegistrationPage"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 422: components["responses"]["invalid_request.invalid_name.invalid_cursor"];
            readonly 429: components["responses"]["read_limit_reached.rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly getRegistration: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The registration */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Registration"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["registration_not_found"];
            readonly 422: components["responses"]["invalid_request"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly setNameServers: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["SetNameServers"];
            };
        };
        readonly responses: {
            /** @description The request is filed, or the same one was in progress. Read it until it has succeeded or failed, or wait for its event */
            readonly 202: {
                headers: {
                    /** @description The path of the request */
                    readonly Location: string;
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RegistrationRequest"];
                };
            };
            readonly 400: components["responses"]["malformed_json.body_required.malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["registration_not_found"];
            readonly 408: components["responses"]["request_timeout"];
            /**
             * @description `registration_ended`: This name is no longer registered here: it was transferred or deleted. Nothing can be changed here any more.
             *
             *     `registration_request_pending`: Another change of this kind is in progress; `registration_request_id` is its request. Wait for its result, then request the next one.
             */
            readonly 409: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 413: components["responses"]["request_too_large"];
            readonly 415: components["responses"]["unsupported_media_type"];
            /**
             * @description `invalid_request`: A parameter or a member of the body is missing, unknown or invalid; `detail` says which.
             *
             *     `invalid_name`: This is not a domain name that can be registered: one label directly below a zone.
             *
             *     `invalid_name_servers`: A name has 2 to 13 different name servers. Those below the name itself need their IP addresses, others must have none. `index` is the first that is wrong, from 0.
             */
            readonly 422: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly setContacts: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["SetContacts"];
            };
        };
        readonly responses: {
            /** @description The request is filed, or the same one was in progress. Read it until it has succeeded or failed, or wait for its event */
            readonly 202: {
                headers: {
                    /** @description The path of the request */
                    readonly Location: string;
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RegistrationRequest"];
                };
            };
            readonly 400: components["responses"]["malformed_json.body_required.malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            /**
             * @description `registration_not_found`: Your account has no registration with this id.
             *
             *     `contact_not_found`: Your account has no contact with this id.
             */
            readonly 404: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 408: components["responses"]["request_timeout"];
            /**
             * @description `registration_ended`: This name is no longer registered here: it was transferred or deleted. Nothing can be changed here any more.
             *
             *     `contacts_not_used`: The registry of this name keeps no contacts, so there are none to change.
             *
             *     `registration_request_pending`: Another change of this kind is in progress; `registration_request_id` is its request. Wait for its result, then request the next one.
             */
            readonly 409: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 413: components["responses"]["request_too_large"];
            readonly 415: components["responses"]["unsupported_media_type"];
            readonly 422: components["responses"]["invalid_request"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly requestAuthCode: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The request is filed, or the same one was in progress. Read it until it has succeeded or failed, or wait for its event */
            readonly 202: {
                headers: {
                    /** @description The path of the request */
                    readonly Location: string;
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RegistrationRequest"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["registration_not_found"];
            /**
             * @description `registration_ended`: This name is no longer registered here: it was transferred or deleted. Nothing can be changed here any more.
             *
             *     `auth_code_unavailable`: The service cannot set or show auth codes at the moment, or not this one. Request another one later.
             */
            readonly 409: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 422: components["responses"]["invalid_request"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly listRegistrationRequests: {
        readonly parameters: {
            readonly query?: {
                readonly registration_id?: string;
                readonly kind?: "name_servers" | "contacts" | "auth_code";
                readonly state?: "queued" | "processing" | "succeeded" | "failed";
                /** @description The `next` of an earlier page, to read the one after it */
                readonly cursor?: string;
                /** @description Number of items per page */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of requests */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RegistrationRequestPage"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 422: components["responses"]["invalid_request.invalid_cursor"];
            readonly 429: components["responses"]["read_limit_reached.rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly getRegistrationRequest: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The request */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RegistrationRequest"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["registration_request_not_found"];
            readonly 422: components["responses"]["invalid_request"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly showAuthCode: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The auth code */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AuthCode"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["registration_request_not_found"];
            /**
             * @description `auth_code_not_ready`: The auth code is not set at the registry: `state` is that of its request.
             *
             *     `auth_code_shown`: An auth code is shown once. If you have lost it, request another one; it replaces this one.
             *
             *     `auth_code_expired`: This auth code is no longer valid: its time is over, or a later one has replaced it. Request another one.
             *
             *     `auth_code_unavailable`: The service cannot set or show auth codes at the moment, or not this one. Request another one later.
             */
            readonly 409: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 422: components["responses"]["invalid_request"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly listContacts: {
        readonly parameters: {
            readonly query?: {
                /** @description The `next` of an earlier page, to read the one after it */
                readonly cursor?: string;
                /** @description Number of items per page */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of contacts */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ContactPage"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 422: components["responses"]["invalid_request.invalid_cursor"];
            readonly 429: components["responses"]["read_limit_reached.rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly createContact: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /**
                 * @description A value of your own for each new request, from 1 to 255 printable ASCII characters, such as a UUID. Send the same one whenever you repeat the request: it is done once, and its answer is given again for 30 days, with `Idempotent-Replayed: true`. A refusal is not kept: the same request is then tried anew.
                 * @example 0b9f3c4e-6a0f-4c58-9a43-0c6a2f1d7e55
                 */
                readonly "Idempotency-Key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["WriteContact"];
            };
        };
        readonly responses: {
            /** @description The contact */
            readonly 201: {
                headers: {
                    /** @description The path of the contact */
                    readonly Location: string;
                    /** @description The answer of an earlier request with the same `Idempotency-Key` */
                    readonly "Idempotent-Replayed"?: "true";
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Contact"];
                };
            };
            readonly 400: components["responses"]["malformed_json.body_required.malformed_text.idempotency_key_missing.idempotency_key_malformed"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["contact_not_found"];
            readonly 408: components["responses"]["request_timeout"];
            readonly 409: components["responses"]["request_in_progress"];
            readonly 413: components["responses"]["request_too_large"];
            readonly 415: components["responses"]["unsupported_media_type"];
            /**
             * @description `invalid_request`: A parameter or a member of the body is missing, unknown or invalid; `detail` says which.
             *
             *     `invalid_contact`: A registry would not accept this contact (RFC 5733); `field` says what is wrong.
             *
             *     `idempotency_key_reused`: This Idempotency-Key belongs to an earlier request to another path or with another body. Use a new key for a new request.
             */
            readonly 422: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly getContact: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The contact */
            readonly 200: {
                headers: {
                    /** @description Its version, for the `If-Match` of an edit */
                    readonly ETag: string;
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Contact"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["contact_not_found"];
            readonly 422: components["responses"]["invalid_request"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly changeContact: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /**
                 * @description The `ETag` of what you read: the edit is refused if it was changed since. Required, unless the edit may create what is not there yet and has `If-None-Match: *`
                 * @example "v3"
                 */
                readonly "If-Match"?: string;
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["WriteContact"];
            };
        };
        readonly responses: {
            /** @description The contact */
            readonly 200: {
                headers: {
                    /** @description Its version, for the `If-Match` of an edit */
                    readonly ETag: string;
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Contact"];
                };
            };
            readonly 400: components["responses"]["malformed_json.body_required.malformed_text.precondition_malformed"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["contact_not_found"];
            readonly 408: components["responses"]["request_timeout"];
            readonly 412: components["responses"]["precondition_failed"];
            readonly 413: components["responses"]["request_too_large"];
            readonly 415: components["responses"]["unsupported_media_type"];
            /**
             * @description `invalid_request`: A parameter or a member of the body is missing, unknown or invalid; `detail` says which.
             *
             *     `invalid_contact`: A registry would not accept this contact (RFC 5733); `field` says what is wrong.
             */
            readonly 422: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 428: components["responses"]["precondition_required"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly deleteContact: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /**
                 * @description The `ETag` of what you read: the edit is refused if it was changed since. Required, unless the edit may create what is not there yet and has `If-None-Match: *`
                 * @example "v3"
                 */
                readonly "If-Match"?: string;
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The contact is deleted */
            readonly 204: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `malformed_text`: The part of the request named in `place` is not valid UTF-8, or contains a lone surrogate or a control character other than tab and line breaks.
             *
             *     `precondition_malformed`: The header `If-Match` is `*` or a list of strong entity tags as `ETag` had them, and `If-None-Match` is `*`. Send one of them.
             */
            readonly 400: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["contact_not_found"];
            /** @description `contact_in_use`: It is the default of your account, or an undecided order, a change in progress or a registration names it. */
            readonly 409: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 412: components["responses"]["precondition_failed"];
            readonly 422: components["responses"]["invalid_request"];
            readonly 428: components["responses"]["precondition_required"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly quoteRenewal: {
        readonly parameters: {
            readonly query?: {
                readonly years?: number;
            };
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The quote; repeat its price and `expires_at` in the order */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RenewalQuote"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["registration_not_found"];
            /**
             * @description `registration_ended`: This name is no longer registered here: it was transferred or deleted. Nothing can be changed here any more.
             *
             *     `registration_expired`: The name expired too long ago to be renewed, and is being deleted.
             *
             *     `renewal_pending`: An earlier renewal of this name is still in progress. Wait for its result, then order again.
             *
             *     `price_unavailable`: This name has no price in the currency of your account.
             */
            readonly 409: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `invalid_request`: A parameter or a member of the body is missing, unknown or invalid; `detail` says which.
             *
             *     `renewal_too_long`: A name can be registered for at most ten years from today. Order fewer years.
             */
            readonly 422: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly orderRenewal: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /**
                 * @description A value of your own for each new request, from 1 to 255 printable ASCII characters, such as a UUID. Send the same one whenever you repeat the request: it is done once, and its answer is given again for 30 days, with `Idempotent-Replayed: true`. A refusal is not kept: the same request is then tried anew.
                 * @example 0b9f3c4e-6a0f-4c58-9a43-0c6a2f1d7e55
                 */
                readonly "Idempotency-Key"?: string;
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["OrderRenewal"];
            };
        };
        readonly responses: {
            /** @description The renewal is paid, or awaits its card payment */
            readonly 201: {
                headers: {
                    /** @description The path of the renewal */
                    readonly Location: string;
                    /** @description The answer of an earlier request with the same `Idempotency-Key` */
                    readonly "Idempotent-Replayed"?: "true";
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["OrderedRenewal"];
                };
            };
            readonly 400: components["responses"]["malformed_json.body_required.malformed_text.idempotency_key_missing.idempotency_key_malformed"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 402: components["responses"]["insufficient_balance.sub_account_limit_reached"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["registration_not_found"];
            readonly 408: components["responses"]["request_timeout"];
            /**
             * @description `registration_ended`: This name is no longer registered here: it was transferred or deleted. Nothing can be changed here any more.
             *
             *     `registration_expired`: The name expired too long ago to be renewed, and is being deleted.
             *
             *     `renewal_pending`: An earlier renewal of this name is still in progress. Wait for its result, then order again.
             *
             *     `renewal_quote_stale`: The price or the expiry date has changed since the quote. Request a new quote and order with that.
             *
             *     `price_unavailable`: This name has no price in the currency of your account.
             *
             *     `card_unavailable`: Cards are not accepted at the moment. Nothing was ordered or held. Pay from the balance.
             *
             *     `request_in_progress`: The first request with this Idempotency-Key is still being processed. Send this one again, unchanged, after `Retry-After`: you will get the answer of the first.
             */
            readonly 409: {
                headers: {
                    /** @description When to send the request again, in seconds or as a date; absent where that would not help */
                    readonly "Retry-After"?: string;
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 413: components["responses"]["request_too_large"];
            readonly 415: components["responses"]["unsupported_media_type"];
            /**
             * @description `invalid_request`: A parameter or a member of the body is missing, unknown or invalid; `detail` says which.
             *
             *     `renewal_too_long`: A name can be registered for at most ten years from today. Order fewer years.
             *
             *     `idempotency_key_reused`: This Idempotency-Key belongs to an earlier request to another path or with another body. Use a new key for a new request.
             */
            readonly 422: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly listRenewals: {
        readonly parameters: {
            readonly query?: {
                readonly registration_id?: string;
                readonly state?: "pending_payment" | "paid" | "renewing" | "successful" | "failed" | "expired";
                /** @description The `next` of an earlier page, to read the one after it */
                readonly cursor?: string;
                /** @description Number of items per page */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of renewals */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RenewalPage"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 422: components["responses"]["invalid_request.invalid_cursor"];
            readonly 429: components["responses"]["read_limit_reached.rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly getRenewal: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The renewal */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Renewal"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["renewal_not_found"];
            readonly 422: components["responses"]["invalid_request"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly topUp: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /**
                 * @description A value of your own for each new request, from 1 to 255 printable ASCII characters, such as a UUID. Send the same one whenever you repeat the request: it is done once, and its answer is given again for 30 days, with `Idempotent-Replayed: true`. A refusal is not kept: the same request is then tried anew.
                 * @example 0b9f3c4e-6a0f-4c58-9a43-0c6a2f1d7e55
                 */
                readonly "Idempotency-Key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["TopUp"];
            };
        };
        readonly responses: {
            /** @description The payment to be made */
            readonly 201: {
                headers: {
                    /** @description The path of the payment */
                    readonly Location: string;
                    /** @description The answer of an earlier request with the same `Idempotency-Key` */
                    readonly "Idempotent-Replayed"?: "true";
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Payment"];
                };
            };
            readonly 400: components["responses"]["malformed_json.body_required.malformed_text.idempotency_key_missing.idempotency_key_malformed"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 408: components["responses"]["request_timeout"];
            /**
             * @description `card_unavailable`: Cards are not accepted at the moment. Nothing was ordered or held. Pay from the balance.
             *
             *     `payment_limit_reached`: Your account has reached its limit of open card payments without a hold. Pay one, or wait until one ends at its `pay_by`.
             *
             *     `request_in_progress`: The first request with this Idempotency-Key is still being processed. Send this one again, unchanged, after `Retry-After`: you will get the answer of the first.
             */
            readonly 409: {
                headers: {
                    /** @description When to send the request again, in seconds or as a date; absent where that would not help */
                    readonly "Retry-After"?: string;
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 413: components["responses"]["request_too_large"];
            readonly 415: components["responses"]["unsupported_media_type"];
            /**
             * @description `invalid_request`: A parameter or a member of the body is missing, unknown or invalid; `detail` says which.
             *
             *     `amount_out_of_range`: The amount must be from `min_minor` to `max_minor`.
             *
             *     `idempotency_key_reused`: This Idempotency-Key belongs to an earlier request to another path or with another body. Use a new key for a new request.
             */
            readonly 422: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly getBalance: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The balance */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Balance"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly listTransactions: {
        readonly parameters: {
            readonly query?: {
                /** @description The first instant of the period */
                readonly from?: string;
                /** @description The period ends just before it */
                readonly to?: string;
                /** @description The `next` of an earlier page, to read the one after it */
                readonly cursor?: string;
                /** @description Number of items per page */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of transactions */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["TransactionPage"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            /**
             * @description `invalid_request`: A parameter or a member of the body is missing, unknown or invalid; `detail` says which.
             *
             *     `invalid_period`: The period includes `from` and ends just before `to`, so `from` must be the earlier time. `since` is a time of the last 30 days.
             *
             *     `invalid_cursor`: This cursor is not from this list. Use the `next` of an earlier page, or no cursor to start from the beginning.
             */
            readonly 422: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 429: components["responses"]["read_limit_reached.rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly getStatement: {
        readonly parameters: {
            readonly query: {
                readonly from: string;
                readonly to: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The opening balance, the activity and the closing balance */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Statement"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 422: components["responses"]["invalid_request.invalid_period"];
            readonly 429: components["responses"]["read_limit_reached.rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly getForecast: {
        readonly parameters: {
            readonly query?: {
                /** @description The end of the forecast; if left out, the end of tomorrow (UTC) */
                readonly until?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description What would have to be paid, and what is available */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Forecast"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 422: components["responses"]["invalid_request"];
            readonly 429: components["responses"]["read_limit_reached.rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly getBillingProfile: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The billing profile */
            readonly 200: {
                headers: {
                    /** @description Its version, for the `If-Match` of an edit */
                    readonly ETag: string;
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["BillingProfile"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            /** @description `billing_profile_missing`: An invoice needs a billing profile. Set it with PUT /v1/billing-profile, then request the invoice again. */
            readonly 409: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly putBillingProfile: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /**
                 * @description The `ETag` of what you read: the edit is refused if it was changed since. Required, unless the edit may create what is not there yet and has `If-None-Match: *`
                 * @example "v3"
                 */
                readonly "If-Match"?: string;
                /** @description `*`: the edit is refused if there is one already */
                readonly "If-None-Match"?: "*";
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["BillingProfile"];
            };
        };
        readonly responses: {
            /** @description The new billing profile */
            readonly 200: {
                headers: {
                    /** @description Its version, for the `If-Match` of an edit */
                    readonly ETag: string;
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["BillingProfile"];
                };
            };
            readonly 400: components["responses"]["malformed_json.body_required.malformed_text.precondition_malformed"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 408: components["responses"]["request_timeout"];
            readonly 412: components["responses"]["precondition_failed"];
            readonly 413: components["responses"]["request_too_large"];
            readonly 415: components["responses"]["unsupported_media_type"];
            readonly 422: components["responses"]["invalid_request"];
            readonly 428: components["responses"]["precondition_required"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly requestInvoice: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The invoice, issued earlier */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description The invoice, issued now */
            readonly 201: {
                headers: {
                    /** @description The path of the invoice */
                    readonly Location: string;
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Invoice"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["backorder_not_found"];
            readonly 409: components["responses"]["invoice_not_available.billing_profile_missing"];
            readonly 422: components["responses"]["invalid_request"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly requestRenewalInvoice: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The invoice, issued earlier */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description The invoice, issued now */
            readonly 201: {
                headers: {
                    /** @description The path of the invoice */
                    readonly Location: string;
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Invoice"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["renewal_not_found"];
            readonly 409: components["responses"]["invoice_not_available.billing_profile_missing"];
            readonly 422: components["responses"]["invalid_request"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly listInvoices: {
        readonly parameters: {
            readonly query?: {
                /** @description The invoice of this order, with its credit notes */
                readonly backorder_id?: string;
                readonly renewal_id?: string;
                /** @description The `next` of an earlier page, to read the one after it */
                readonly cursor?: string;
                /** @description Number of items per page */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of invoices and credit notes */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["InvoicePage"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 422: components["responses"]["invalid_request.invalid_cursor"];
            readonly 429: components["responses"]["read_limit_reached.rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly getInvoice: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The invoice or credit note */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Invoice"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["invoice_not_found"];
            readonly 422: components["responses"]["invalid_request"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly getInvoicePdf: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The PDF, A4 */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/pdf": string;
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["invoice_not_found"];
            readonly 422: components["responses"]["invalid_request"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly getInvoiceHtml: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The page */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/html": string;
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["invoice_not_found"];
            readonly 422: components["responses"]["invalid_request"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly watchName: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description A domain name, as A-labels or in Unicode, in upper or lower case */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The name is watched */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Watch"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            /** @description `watch_limit_reached`: Your account has reached its limit of watched names. Remove a name first. */
            readonly 409: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 422: components["responses"]["invalid_request.invalid_name"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly unwatchName: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description A domain name, as A-labels or in Unicode, in upper or lower case */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The name is not watched */
            readonly 204: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 422: components["responses"]["invalid_request.invalid_name"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly listWatches: {
        readonly parameters: {
            readonly query?: {
                /** @description Only this name, if it is watched */
                readonly name?: string;
                /** @description The `next` of an earlier page, to read the one after it */
                readonly cursor?: string;
                /** @description Number of items per page */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of watched names */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WatchPage"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 422: components["responses"]["invalid_request.invalid_name.invalid_cursor"];
            readonly 429: components["responses"]["read_limit_reached.rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly listDropLists: {
        readonly parameters: {
            readonly query?: {
                /** @description The `next` of an earlier page, to read the one after it */
                readonly cursor?: string;
                /** @description Number of items per page */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of drop lists */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DropListPage"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 422: components["responses"]["invalid_request.invalid_cursor"];
            readonly 429: components["responses"]["read_limit_reached.rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly getDropList: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description An id, or `latest` */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The drop list */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DropListDetail"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            /** @description `drop_list_not_found`: There is no drop list with this id: none was written yet, or it is no longer kept. See `GET /v1/drop-lists`. */
            readonly 404: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 422: components["responses"]["invalid_request"];
            readonly 429: components["responses"]["read_limit_reached.rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly getDropListFile: {
        readonly parameters: {
            readonly query?: {
                /** @description Only this zone */
                readonly zone?: string;
            };
            readonly header?: never;
            readonly path: {
                /** @description An id, or `latest` */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The file */
            readonly 200: {
                headers: {
                    /** @description The SHA-256 of the file */
                    readonly ETag: string;
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/gzip": string;
                };
            };
            /** @description The part of it that `Range` asked for */
            readonly 206: {
                headers: {
                    /** @description The SHA-256 of the file */
                    readonly ETag: string;
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/gzip": string;
                };
            };
            /** @description The file is the one that the client has */
            readonly 304: {
                headers: {
                    /** @description The SHA-256 of the file */
                    readonly ETag: string;
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            /**
             * @description `drop_list_not_found`: There is no drop list with this id: none was written yet, or it is no longer kept. See `GET /v1/drop-lists`.
             *
             *     `zone_not_found`: There is no zone with this name.
             */
            readonly 404: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `range_not_satisfiable`: The file has fewer bytes than the range begins with; `bytes` is how many. */
            readonly 416: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 422: components["responses"]["invalid_request"];
            readonly 429: components["responses"]["read_limit_reached.rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly getPublication: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description When the next list is to be expected */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Publication"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly getCalendar: {
        readonly parameters: {
            readonly query?: {
                /** @description One or more zones, with commas between them */
                readonly zone?: string;
                /** @description Instead of a key: the token of `GET /v1/calendar-address` */
                readonly token?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The calendar (RFC 5545) */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/calendar": string;
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 422: components["responses"]["invalid_request"];
            readonly 429: components["responses"]["read_limit_reached.rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly getCalendarAddress: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The address */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CalendarAddress"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly listZones: {
        readonly parameters: {
            readonly query?: {
                /** @description The `next` of an earlier page, to read the one after it */
                readonly cursor?: string;
                /** @description Number of items per page */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of zones, by name */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ZonePage"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 422: components["responses"]["invalid_request.invalid_cursor"];
            readonly 429: components["responses"]["read_limit_reached.rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly getZone: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description A domain name, as A-labels or in Unicode, in upper or lower case */
                readonly zone: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The zone */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ZoneDetail"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            /** @description `zone_not_found`: There is no zone with this name. */
            readonly 404: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 422: components["responses"]["invalid_request"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly listStatistics: {
        readonly parameters: {
            readonly query?: {
                /** @description The last 30, 90 or 365 days */
                readonly period?: "month" | "quarter" | "year";
                /** @description The `next` of an earlier page, to read the one after it */
                readonly cursor?: string;
                /** @description Number of items per page */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of zones, by name */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ZoneStatisticsPage"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 422: components["responses"]["invalid_request.invalid_cursor"];
            readonly 429: components["responses"]["read_limit_reached.rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly listApiKeys: {
        readonly parameters: {
            readonly query?: {
                /** @description The `next` of an earlier page, to read the one after it */
                readonly cursor?: string;
                /** @description Number of items per page */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of keys, without the keys themselves */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ApiKeyPage"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 422: components["responses"]["invalid_request.invalid_cursor"];
            readonly 429: components["responses"]["read_limit_reached.rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly createApiKey: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /**
                 * @description A value of your own for each new request, from 1 to 255 printable ASCII characters, such as a UUID. Send the same one whenever you repeat the request: it is done once, and its answer is given again for 30 days, with `Idempotent-Replayed: true`. A refusal is not kept: the same request is then tried anew.
                 * @example 0b9f3c4e-6a0f-4c58-9a43-0c6a2f1d7e55
                 */
                readonly "Idempotency-Key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["CreateApiKey"];
            };
        };
        readonly responses: {
            /** @description The new key; `key` is shown this once */
            readonly 201: {
                headers: {
                    /** @description The path of the API key */
                    readonly Location: string;
                    /** @description The answer of an earlier request with the same `Idempotency-Key` */
                    readonly "Idempotent-Replayed"?: "true";
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["NewApiKey"];
                };
            };
            readonly 400: components["responses"]["malformed_json.body_required.malformed_text.idempotency_key_missing.idempotency_key_malformed"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["key_exceeds_own.account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["sub_account_not_found"];
            readonly 408: components["responses"]["request_timeout"];
            /**
             * @description `api_key_limit_reached`: Your account has `keys_max` keys that can be used. Revoke one first.
             *
             *     `request_in_progress`: The first request with this Idempotency-Key is still being processed. Send this one again, unchanged, after `Retry-After`: you will get the answer of the first.
             */
            readonly 409: {
                headers: {
                    /** @description When to send the request again, in seconds or as a date; absent where that would not help */
                    readonly "Retry-After"?: string;
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 413: components["responses"]["request_too_large"];
            readonly 415: components["responses"]["unsupported_media_type"];
            /**
             * @description `invalid_request`: A parameter or a member of the body is missing, unknown or invalid; `detail` says which.
             *
             *     `invalid_period`: The period includes `from` and ends just before `to`, so `from` must be the earlier time. `since` is a time of the last 30 days.
             *
             *     `idempotency_key_reused`: This Idempotency-Key belongs to an earlier request to another path or with another body. Use a new key for a new request.
             */
            readonly 422: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly getApiKey: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The key */
            readonly 200: {
                headers: {
                    /** @description Its version, for the `If-Match` of an edit */
                    readonly ETag: string;
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ApiKey"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["api_key_not_found"];
            readonly 422: components["responses"]["invalid_request"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly revokeApiKey: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The revoked key */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ApiKey"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["api_key_not_found"];
            readonly 422: components["responses"]["invalid_request"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly updateApiKey: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /**
                 * @description The `ETag` of what you read: the edit is refused if it was changed since. Required, unless the edit may create what is not there yet and has `If-None-Match: *`
                 * @example "v3"
                 */
                readonly "If-Match"?: string;
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["UpdateApiKey"];
            };
        };
        readonly responses: {
            /** @description The key as it is now */
            readonly 200: {
                headers: {
                    /** @description Its version, for the `If-Match` of an edit */
                    readonly ETag: string;
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ApiKey"];
                };
            };
            readonly 400: components["responses"]["malformed_json.body_required.malformed_text.precondition_malformed"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["key_exceeds_own.account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["api_key_not_found"];
            readonly 408: components["responses"]["request_timeout"];
            /** @description `api_key_revoked`: The key is revoked or expired, or was rotated already, and can no longer be changed. */
            readonly 409: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 412: components["responses"]["precondition_failed"];
            readonly 413: components["responses"]["request_too_large"];
            readonly 415: components["responses"]["unsupported_media_type"];
            readonly 422: components["responses"]["invalid_request.invalid_period"];
            readonly 428: components["responses"]["precondition_required"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly rotateApiKey: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /**
                 * @description A value of your own for each new request, from 1 to 255 printable ASCII characters, such as a UUID. Send the same one whenever you repeat the request: it is done once, and its answer is given again for 30 days, with `Idempotent-Replayed: true`. A refusal is not kept: the same request is then tried anew.
                 * @example 0b9f3c4e-6a0f-4c58-9a43-0c6a2f1d7e55
                 */
                readonly "Idempotency-Key"?: string;
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["RotateApiKey"];
            };
        };
        readonly responses: {
            /** @description The new key; `key` is shown this once */
            readonly 201: {
                headers: {
                    /** @description The path of the API key */
                    readonly Location: string;
                    /** @description The answer of an earlier request with the same `Idempotency-Key` */
                    readonly "Idempotent-Replayed"?: "true";
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["NewApiKey"];
                };
            };
            readonly 400: components["responses"]["malformed_json.body_required.malformed_text.idempotency_key_missing.idempotency_key_malformed"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["key_exceeds_own.account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["api_key_not_found"];
            readonly 408: components["responses"]["request_timeout"];
            /**
             * @description `api_key_revoked`: The key is revoked or expired, or was rotated already, and can no longer be changed.
             *
             *     `api_key_limit_reached`: Your account has `keys_max` keys that can be used. Revoke one first.
             *
             *     `request_in_progress`: The first request with this Idempotency-Key is still being processed. Send this one again, unchanged, after `Retry-After`: you will get the answer of the first.
             */
            readonly 409: {
                headers: {
                    /** @description When to send the request again, in seconds or as a date; absent where that would not help */
                    readonly "Retry-After"?: string;
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 413: components["responses"]["request_too_large"];
            readonly 415: components["responses"]["unsupported_media_type"];
            readonly 422: components["responses"]["invalid_request.idempotency_key_reused"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly listSubAccounts: {
        readonly parameters: {
            readonly query?: {
                /** @description The `next` of an earlier page, to read the one after it */
                readonly cursor?: string;
                /** @description Number of items per page */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of sub-accounts */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SubAccountPage"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 422: components["responses"]["invalid_request.invalid_cursor"];
            readonly 429: components["responses"]["read_limit_reached.rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly createSubAccount: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /**
                 * @description A value of your own for each new request, from 1 to 255 printable ASCII characters, such as a UUID. Send the same one whenever you repeat the request: it is done once, and its answer is given again for 30 days, with `Idempotent-Replayed: true`. A refusal is not kept: the same request is then tried anew.
                 * @example 0b9f3c4e-6a0f-4c58-9a43-0c6a2f1d7e55
                 */
                readonly "Idempotency-Key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["CreateSubAccount"];
            };
        };
        readonly responses: {
            /** @description The sub-account */
            readonly 201: {
                headers: {
                    /** @description The path of the sub-account */
                    readonly Location: string;
                    /** @description The answer of an earlier request with the same `Idempotency-Key` */
                    readonly "Idempotent-Replayed"?: "true";
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SubAccount"];
                };
            };
            readonly 400: components["responses"]["malformed_json.body_required.malformed_text.idempotency_key_missing.idempotency_key_malformed"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["key_exceeds_own.account_suspended.insufficient_scope.address_not_allowed"];
            readonly 408: components["responses"]["request_timeout"];
            /**
             * @description `sub_account_exists`: Another sub-account of your account has this label.
             *
             *     `request_in_progress`: The first request with this Idempotency-Key is still being processed. Send this one again, unchanged, after `Retry-After`: you will get the answer of the first.
             */
            readonly 409: {
                headers: {
                    /** @description When to send the request again, in seconds or as a date; absent where that would not help */
                    readonly "Retry-After"?: string;
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 413: components["responses"]["request_too_large"];
            readonly 415: components["responses"]["unsupported_media_type"];
            /**
             * @description `invalid_request`: A parameter or a member of the body is missing, unknown or invalid; `detail` says which.
             *
             *     `currency_mismatch`: The account has the currency in `currency`, which never changes. Amounts in other currencies cannot be credited to it.
             *
             *     `idempotency_key_reused`: This Idempotency-Key belongs to an earlier request to another path or with another body. Use a new key for a new request.
             */
            readonly 422: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly getSubAccount: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The sub-account */
            readonly 200: {
                headers: {
                    /** @description Its version, for the `If-Match` of an edit */
                    readonly ETag: string;
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SubAccount"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["sub_account_not_found"];
            readonly 422: components["responses"]["invalid_request"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly updateSubAccount: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /**
                 * @description The `ETag` of what you read: the edit is refused if it was changed since. Required, unless the edit may create what is not there yet and has `If-None-Match: *`
                 * @example "v3"
                 */
                readonly "If-Match"?: string;
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["UpdateSubAccount"];
            };
        };
        readonly responses: {
            /** @description The sub-account as it is now */
            readonly 200: {
                headers: {
                    /** @description Its version, for the `If-Match` of an edit */
                    readonly ETag: string;
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SubAccount"];
                };
            };
            readonly 400: components["responses"]["malformed_json.body_required.malformed_text.precondition_malformed"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["key_exceeds_own.account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["sub_account_not_found"];
            readonly 408: components["responses"]["request_timeout"];
            /** @description `sub_account_exists`: Another sub-account of your account has this label. */
            readonly 409: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 412: components["responses"]["precondition_failed"];
            readonly 413: components["responses"]["request_too_large"];
            readonly 415: components["responses"]["unsupported_media_type"];
            readonly 422: components["responses"]["invalid_request.currency_mismatch"];
            readonly 428: components["responses"]["precondition_required"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly createBulkOrder: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /**
                 * @description A value of your own for each new request, from 1 to 255 printable ASCII characters, such as a UUID. Send the same one whenever you repeat the request: it is done once, and its answer is given again for 30 days, with `Idempotent-Replayed: true`. A refusal is not kept: the same request is then tried anew.
                 * @example 0b9f3c4e-6a0f-4c58-9a43-0c6a2f1d7e55
                 */
                readonly "Idempotency-Key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["CreateBulkOrder"];
            };
        };
        readonly responses: {
            /** @description The bulk order is accepted; `state` says whether it is done */
            readonly 202: {
                headers: {
                    /** @description The path of the bulk order */
                    readonly Location: string;
                    /** @description The answer of an earlier request with the same `Idempotency-Key` */
                    readonly "Idempotent-Replayed"?: "true";
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["BulkOrder"];
                };
            };
            readonly 400: components["responses"]["malformed_json.body_required.malformed_text.idempotency_key_missing.idempotency_key_malformed"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 408: components["responses"]["request_timeout"];
            readonly 409: components["responses"]["request_in_progress"];
            readonly 413: components["responses"]["request_too_large"];
            readonly 415: components["responses"]["unsupported_media_type"];
            readonly 422: components["responses"]["invalid_request.idempotency_key_reused"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly getBulkOrder: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The bulk order */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["BulkOrder"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["bulk_order_not_found"];
            readonly 422: components["responses"]["invalid_request"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly listBulkOrderItems: {
        readonly parameters: {
            readonly query?: {
                /** @description The `next` of an earlier page, to read the one after it */
                readonly cursor?: string;
                /** @description Number of items per page */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of items */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["BulkOrderItemPage"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["bulk_order_not_found"];
            readonly 422: components["responses"]["invalid_request"];
            readonly 429: components["responses"]["read_limit_reached.rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly payHold: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /**
                 * @description A value of your own for each new request, from 1 to 255 printable ASCII characters, such as a UUID. Send the same one whenever you repeat the request: it is done once, and its answer is given again for 30 days, with `Idempotent-Replayed: true`. A refusal is not kept: the same request is then tried anew.
                 * @example 0b9f3c4e-6a0f-4c58-9a43-0c6a2f1d7e55
                 */
                readonly "Idempotency-Key"?: string;
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The secured backorder */
            readonly 200: {
                headers: {
                    /** @description The path of the backorder */
                    readonly Location: string;
                    /** @description The answer of an earlier request with the same `Idempotency-Key` */
                    readonly "Idempotent-Replayed"?: "true";
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Backorder"];
                };
            };
            readonly 400: components["responses"]["malformed_text.idempotency_key_missing.idempotency_key_malformed"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 402: components["responses"]["insufficient_balance.sub_account_limit_reached"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["backorder_not_found"];
            /**
             * @description `payment_ended`: It is already paid, or the time to pay is over. If the name is still free, order it again.
             *
             *     `name_premium`: The registry charges a premium price for this name. Premium names cannot be backordered.
             *
             *     `request_in_progress`: The first request with this Idempotency-Key is still being processed. Send this one again, unchanged, after `Retry-After`: you will get the answer of the first.
             */
            readonly 409: {
                headers: {
                    /** @description When to send the request again, in seconds or as a date; absent where that would not help */
                    readonly "Retry-After"?: string;
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 422: components["responses"]["invalid_request.idempotency_key_reused"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly getAccount: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The account */
            readonly 200: {
                headers: {
                    /** @description Its version, for the `If-Match` of an edit */
                    readonly ETag: string;
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Account"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly updateAccount: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /**
                 * @description The `ETag` of what you read: the edit is refused if it was changed since. Required, unless the edit may create what is not there yet and has `If-None-Match: *`
                 * @example "v3"
                 */
                readonly "If-Match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["UpdateAccount"];
            };
        };
        readonly responses: {
            /** @description The account as it is now */
            readonly 200: {
                headers: {
                    /** @description Its version, for the `If-Match` of an edit */
                    readonly ETag: string;
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Account"];
                };
            };
            readonly 400: components["responses"]["malformed_json.body_required.malformed_text.precondition_malformed"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["key_exceeds_own.account_suspended.insufficient_scope.address_not_allowed"];
            readonly 408: components["responses"]["request_timeout"];
            readonly 412: components["responses"]["precondition_failed"];
            readonly 413: components["responses"]["request_too_large"];
            readonly 415: components["responses"]["unsupported_media_type"];
            readonly 422: components["responses"]["invalid_request.currency_mismatch"];
            readonly 428: components["responses"]["precondition_required"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly listEvents: {
        readonly parameters: {
            readonly query?: {
                /** @description The `cursor` of an event or of an earlier page: only what came after it */
                readonly after?: string;
                /** @description One or more topics, with commas between them. Left out: all */
                readonly topic?: string;
                /** @description Number of items per page */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of events */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["EventPage"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            /** @description `event_cursor_gone`: Events after this cursor are no longer kept, or never existed here. Read the current state again, then continue from `oldest_cursor` or without a cursor. */
            readonly 410: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 422: components["responses"]["invalid_request"];
            readonly 429: components["responses"]["read_limit_reached.rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly streamEvents: {
        readonly parameters: {
            readonly query?: {
                /** @description The `cursor` of an event or of an earlier page: only what came after it */
                readonly after?: string;
                /** @description One or more topics, with commas between them. Left out: all */
                readonly topic?: string;
            };
            readonly header?: {
                /**
                 * @description The id of the last event that was read. Clients send it when they connect again; it takes precedence over `after`
                 * @example 4711
                 */
                readonly "Last-Event-ID"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The stream */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/event-stream": string;
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 422: components["responses"]["invalid_request"];
            /**
             * @description `read_limit_reached`: Other searches and lists of your account are still running. Send the next when one is answered.
             *
             *     `too_many_streams`: Your account has `streams_max` streams of events open here. Close one, or let one stream serve several programs.
             *
             *     `rate_limited`: Your account has used up its requests of this minute, of the kind in `bucket` (`reads`: GET; `claims`: all others). `RateLimit` and `RateLimit-Policy` of every answer say what is left. Send it again after `Retry-After`.
             *
             *     `address_limited`: Too many requests without a valid API key came from your address. Requests with a key that works are still accepted.
             */
            readonly 429: {
                headers: {
                    /** @description When to send the request again, in seconds or as a date; absent where that would not help */
                    readonly "Retry-After"?: string;
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly getSandbox: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Your sandbox */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Sandbox"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            /** @description `sandbox_only`: Drops are simulated for test keys only: send this with a key that begins with `dlk_test_`, to a server that runs the test world. */
            readonly 409: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly createSandboxDrop: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /**
                 * @description A value of your own for each new request, from 1 to 255 printable ASCII characters, such as a UUID. Send the same one whenever you repeat the request: it is done once, and its answer is given again for 30 days, with `Idempotent-Replayed: true`. A refusal is not kept: the same request is then tried anew.
                 * @example 0b9f3c4e-6a0f-4c58-9a43-0c6a2f1d7e55
                 */
                readonly "Idempotency-Key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["CreateSandboxDrop"];
            };
        };
        readonly responses: {
            /** @description The drop is accepted; its names are listed within seconds */
            readonly 202: {
                headers: {
                    /** @description The path of the drop */
                    readonly Location: string;
                    /** @description The answer of an earlier request with the same `Idempotency-Key` */
                    readonly "Idempotent-Replayed"?: "true";
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SandboxDrop"];
                };
            };
            readonly 400: components["responses"]["malformed_json.body_required.malformed_text.idempotency_key_missing.idempotency_key_malformed"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            readonly 408: components["responses"]["request_timeout"];
            /**
             * @description `sandbox_only`: Drops are simulated for test keys only: send this with a key that begins with `dlk_test_`, to a server that runs the test world.
             *
             *     `sandbox_name_used`: A name of a sandbox drops once, and `name` is dropping or has dropped. Use another label that begins alike.
             *
             *     `sandbox_limit_reached`: Your sandbox has as many drops as may be under way at a time. Wait until one of them has ended.
             *
             *     `request_in_progress`: The first request with this Idempotency-Key is still being processed. Send this one again, unchanged, after `Retry-After`: you will get the answer of the first.
             */
            readonly 409: {
                headers: {
                    /** @description When to send the request again, in seconds or as a date; absent where that would not help */
                    readonly "Retry-After"?: string;
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 413: components["responses"]["request_too_large"];
            readonly 415: components["responses"]["unsupported_media_type"];
            /**
             * @description `invalid_request`: A parameter or a member of the body is missing, unknown or invalid; `detail` says which.
             *
             *     `invalid_name`: This is not a domain name that can be registered: one label directly below a zone.
             *
             *     `outside_sandbox`: Only names directly below your sandbox's own `zone` can be dropped. GET /v1/sandbox shows it.
             *
             *     `idempotency_key_reused`: This Idempotency-Key belongs to an earlier request to another path or with another body. Use a new key for a new request.
             */
            readonly 422: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly getSandboxDrop: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The drop */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SandboxDrop"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["account_suspended.insufficient_scope.address_not_allowed"];
            /** @description `sandbox_drop_not_found`: Your sandbox has no drop with this id. */
            readonly 404: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 422: components["responses"]["invalid_request"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly listWebhookEndpoints: {
        readonly parameters: {
            readonly query?: {
                /** @description The `next` of an earlier page, to read the one after it */
                readonly cursor?: string;
                /** @description Number of items per page */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of endpoints, without their secrets */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WebhookEndpointPage"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["key_exceeds_own.account_suspended.insufficient_scope.address_not_allowed"];
            readonly 422: components["responses"]["invalid_request.invalid_cursor"];
            readonly 429: components["responses"]["read_limit_reached.rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly createWebhookEndpoint: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /**
                 * @description A value of your own for each new request, from 1 to 255 printable ASCII characters, such as a UUID. Send the same one whenever you repeat the request: it is done once, and its answer is given again for 30 days, with `Idempotent-Replayed: true`. A refusal is not kept: the same request is then tried anew.
                 * @example 0b9f3c4e-6a0f-4c58-9a43-0c6a2f1d7e55
                 */
                readonly "Idempotency-Key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["CreateWebhookEndpoint"];
            };
        };
        readonly responses: {
            /** @description The new endpoint; `secret` is shown this once */
            readonly 201: {
                headers: {
                    /** @description The path of the webhook endpoint */
                    readonly Location: string;
                    /** @description The answer of an earlier request with the same `Idempotency-Key` */
                    readonly "Idempotent-Replayed"?: "true";
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["NewWebhookEndpoint"];
                };
            };
            readonly 400: components["responses"]["malformed_json.body_required.malformed_text.idempotency_key_missing.idempotency_key_malformed"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["key_exceeds_own.account_suspended.insufficient_scope.address_not_allowed"];
            readonly 408: components["responses"]["request_timeout"];
            /**
             * @description `webhook_endpoint_exists`: Another enabled webhook endpoint of your account has this URL.
             *
             *     `webhook_endpoint_limit_reached`: Your account has `endpoints_max` webhook endpoints. Delete one first.
             *
             *     `request_in_progress`: The first request with this Idempotency-Key is still being processed. Send this one again, unchanged, after `Retry-After`: you will get the answer of the first.
             */
            readonly 409: {
                headers: {
                    /** @description When to send the request again, in seconds or as a date; absent where that would not help */
                    readonly "Retry-After"?: string;
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 413: components["responses"]["request_too_large"];
            readonly 415: components["responses"]["unsupported_media_type"];
            /**
             * @description `invalid_request`: A parameter or a member of the body is missing, unknown or invalid; `detail` says which.
             *
             *     `webhook_url_forbidden`: Webhooks are sent to public `https` addresses only. `reason` says what is not allowed: `scheme`, `credentials`, `port`, `address` (the host is, or resolves to, an address that is not public) or `unresolvable`.
             *
             *     `idempotency_key_reused`: This Idempotency-Key belongs to an earlier request to another path or with another body. Use a new key for a new request.
             */
            readonly 422: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly getWebhookEndpoint: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The endpoint */
            readonly 200: {
                headers: {
                    /** @description Its version, for the `If-Match` of an edit */
                    readonly ETag: string;
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["key_exceeds_own.account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["webhook_endpoint_not_found"];
            readonly 422: components["responses"]["invalid_request"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly deleteWebhookEndpoint: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It is deleted */
            readonly 204: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["key_exceeds_own.account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["webhook_endpoint_not_found"];
            readonly 422: components["responses"]["invalid_request"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly updateWebhookEndpoint: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /**
                 * @description The `ETag` of what you read: the edit is refused if it was changed since. Required, unless the edit may create what is not there yet and has `If-None-Match: *`
                 * @example "v3"
                 */
                readonly "If-Match"?: string;
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["UpdateWebhookEndpoint"];
            };
        };
        readonly responses: {
            /** @description The endpoint as it is now */
            readonly 200: {
                headers: {
                    /** @description Its version, for the `If-Match` of an edit */
                    readonly ETag: string;
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            readonly 400: components["responses"]["malformed_json.body_required.malformed_text.precondition_malformed"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["key_exceeds_own.account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["webhook_endpoint_not_found"];
            readonly 408: components["responses"]["request_timeout"];
            /** @description `webhook_endpoint_exists`: Another enabled webhook endpoint of your account has this URL. */
            readonly 409: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 412: components["responses"]["precondition_failed"];
            readonly 413: components["responses"]["request_too_large"];
            readonly 415: components["responses"]["unsupported_media_type"];
            /**
             * @description `invalid_request`: A parameter or a member of the body is missing, unknown or invalid; `detail` says which.
             *
             *     `webhook_url_forbidden`: Webhooks are sent to public `https` addresses only. `reason` says what is not allowed: `scheme`, `credentials`, `port`, `address` (the host is, or resolves to, an address that is not public) or `unresolvable`.
             */
            readonly 422: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 428: components["responses"]["precondition_required"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly rotateWebhookSecret: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /**
                 * @description A value of your own for each new request, from 1 to 255 printable ASCII characters, such as a UUID. Send the same one whenever you repeat the request: it is done once, and its answer is given again for 30 days, with `Idempotent-Replayed: true`. A refusal is not kept: the same request is then tried anew.
                 * @example 0b9f3c4e-6a0f-4c58-9a43-0c6a2f1d7e55
                 */
                readonly "Idempotency-Key"?: string;
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["RotateWebhookSecret"];
            };
        };
        readonly responses: {
            /** @description The endpoint; `secret` is shown this once */
            readonly 201: {
                headers: {
                    /** @description The path of the webhook endpoint */
                    readonly Location: string;
                    /** @description The answer of an earlier request with the same `Idempotency-Key` */
                    readonly "Idempotent-Replayed"?: "true";
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["NewWebhookEndpoint"];
                };
            };
            readonly 400: components["responses"]["malformed_json.body_required.malformed_text.idempotency_key_missing.idempotency_key_malformed"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["key_exceeds_own.account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["webhook_endpoint_not_found"];
            readonly 408: components["responses"]["request_timeout"];
            readonly 409: components["responses"]["request_in_progress"];
            readonly 413: components["responses"]["request_too_large"];
            readonly 415: components["responses"]["unsupported_media_type"];
            readonly 422: components["responses"]["invalid_request.idempotency_key_reused"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly testWebhookEndpoint: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /**
                 * @description A value of your own for each new request, from 1 to 255 printable ASCII characters, such as a UUID. Send the same one whenever you repeat the request: it is done once, and its answer is given again for 30 days, with `Idempotent-Replayed: true`. A refusal is not kept: the same request is then tried anew.
                 * @example 0b9f3c4e-6a0f-4c58-9a43-0c6a2f1d7e55
                 */
                readonly "Idempotency-Key"?: string;
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The event that is being sent */
            readonly 202: {
                headers: {
                    /** @description The path of the deliveries of the endpoint */
                    readonly Location: string;
                    /** @description The answer of an earlier request with the same `Idempotency-Key` */
                    readonly "Idempotent-Replayed"?: "true";
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WebhookTest"];
                };
            };
            readonly 400: components["responses"]["malformed_text.idempotency_key_missing.idempotency_key_malformed"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["key_exceeds_own.account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["webhook_endpoint_not_found"];
            /**
             * @description `webhook_endpoint_disabled`: Nothing is sent to this webhook endpoint. Enable it first.
             *
             *     `request_in_progress`: The first request with this Idempotency-Key is still being processed. Send this one again, unchanged, after `Retry-After`: you will get the answer of the first.
             */
            readonly 409: {
                headers: {
                    /** @description When to send the request again, in seconds or as a date; absent where that would not help */
                    readonly "Retry-After"?: string;
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 422: components["responses"]["invalid_request.idempotency_key_reused"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly recoverWebhookEndpoint: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["RecoverWebhookEndpoint"];
            };
        };
        readonly responses: {
            /** @description The endpoint; `recovering_since` is there until everything is planned */
            readonly 202: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            readonly 400: components["responses"]["malformed_json.body_required.malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["key_exceeds_own.account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["webhook_endpoint_not_found"];
            readonly 408: components["responses"]["request_timeout"];
            readonly 409: components["responses"]["webhook_endpoint_disabled"];
            readonly 413: components["responses"]["request_too_large"];
            readonly 415: components["responses"]["unsupported_media_type"];
            readonly 422: components["responses"]["invalid_request.invalid_period"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly listWebhookDeliveries: {
        readonly parameters: {
            readonly query?: {
                readonly state?: "pending" | "delivered" | "failed";
                readonly topic?: "backorder.held" | "backorder.hold_lapsing" | "backorder.expired" | "backorder.secured" | "backorder.rescheduled" | "backorder.premium_flagged" | "backorder.contact_refused" | "backorder.contact_pending" | "backorder.registering" | "backorder.successful" | "backorder.failed" | "watch.cutoff_near" | "watch.rescheduled" | "drop_list.published" | "renewal.paid" | "renewal.expired" | "renewal.successful" | "renewal.failed" | "registration.expiring" | "registration.expired" | "registration.auto_renewed" | "registration.deletion_requested" | "registration.ended" | "registration_request.succeeded" | "registration_request.failed" | "refund.succeeded" | "refund.failed" | "payment.failed" | "payment.disputed" | "payment.dispute_won" | "payment.charged_back" | "account.topped_up" | "account.top_up_reversed" | "account.credited" | "balance.low" | "invoice.issued" | "credit_note.issued" | "webhook_endpoint.tested" | "webhook_endpoint.disabled";
                readonly event_id?: string;
                /** @description The `next` of an earlier page, to read the one after it */
                readonly cursor?: string;
                /** @description Number of items per page */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of deliveries, each with its latest attempts */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WebhookDeliveryPage"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["key_exceeds_own.account_suspended.insufficient_scope.address_not_allowed"];
            readonly 404: components["responses"]["webhook_endpoint_not_found"];
            readonly 422: components["responses"]["invalid_request.invalid_cursor"];
            readonly 429: components["responses"]["read_limit_reached.rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly retryWebhookDelivery: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
                readonly delivery_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The delivery as it is now */
            readonly 200: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            readonly 400: components["responses"]["malformed_text"];
            readonly 401: components["responses"]["unauthenticated"];
            readonly 403: components["responses"]["key_exceeds_own.account_suspended.insufficient_scope.address_not_allowed"];
            /**
             * @description `webhook_endpoint_not_found`: Your account has no webhook endpoint with this id.
             *
             *     `webhook_delivery_not_found`: This webhook endpoint has no delivery with this id.
             */
            readonly 404: {
                headers: {
                    readonly "X-Request-Id": components["headers"]["X-Request-Id"];
                    readonly RateLimit: components["headers"]["RateLimit"];
                    readonly "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 409: components["responses"]["webhook_endpoint_disabled"];
            readonly 422: components["responses"]["invalid_request"];
            readonly 429: components["responses"]["rate_limited.address_limited"];
            readonly 500: components["responses"]["internal_error"];
            readonly 503: components["responses"]["try_again.unavailable"];
        };
    };
    readonly onBackorderHeld: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "backorder.held";
                    readonly data: components["schemas"]["BackorderSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onBackorderHoldLapsing: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "backorder.hold_lapsing";
                    readonly data: components["schemas"]["BackorderSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onBackorderExpired: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "backorder.expired";
                    readonly data: components["schemas"]["BackorderSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onBackorderSecured: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "backorder.secured";
                    readonly data: components["schemas"]["BackorderSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onBackorderRescheduled: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "backorder.rescheduled";
                    readonly data: components["schemas"]["BackorderSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onBackorderPremiumFlagged: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "backorder.premium_flagged";
                    readonly data: components["schemas"]["BackorderSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onBackorderContactRefused: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "backorder.contact_refused";
                    readonly data: components["schemas"]["BackorderSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onBackorderContactPending: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "backorder.contact_pending";
                    readonly data: components["schemas"]["BackorderSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onBackorderRegistering: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "backorder.registering";
                    readonly data: components["schemas"]["BackorderSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onBackorderSuccessful: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "backorder.successful";
                    readonly data: components["schemas"]["BackorderSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onBackorderFailed: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "backorder.failed";
                    readonly data: components["schemas"]["BackorderSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onWatchCutoffNear: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "watch.cutoff_near";
                    readonly data: components["schemas"]["WatchSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onWatchRescheduled: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "watch.rescheduled";
                    readonly data: components["schemas"]["WatchSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onDropListPublished: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "drop_list.published";
                    readonly data: components["schemas"]["DropListSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onRenewalPaid: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "renewal.paid";
                    readonly data: components["schemas"]["RenewalSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onRenewalExpired: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "renewal.expired";
                    readonly data: components["schemas"]["RenewalSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onRenewalSuccessful: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "renewal.successful";
                    readonly data: components["schemas"]["RenewalSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onRenewalFailed: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "renewal.failed";
                    readonly data: components["schemas"]["RenewalSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onRegistrationExpiring: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "registration.expiring";
                    readonly data: components["schemas"]["RegistrationSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onRegistrationExpired: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "registration.expired";
                    readonly data: components["schemas"]["RegistrationSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onRegistrationAutoRenewed: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "registration.auto_renewed";
                    readonly data: components["schemas"]["RegistrationSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onRegistrationDeletionRequested: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "registration.deletion_requested";
                    readonly data: components["schemas"]["RegistrationSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onRegistrationEnded: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "registration.ended";
                    readonly data: components["schemas"]["RegistrationSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onRegistrationRequestSucceeded: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "registration_request.succeeded";
                    readonly data: components["schemas"]["RegistrationRequestSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onRegistrationRequestFailed: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "registration_request.failed";
                    readonly data: components["schemas"]["RegistrationRequestSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onRefundSucceeded: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "refund.succeeded";
                    readonly data: components["schemas"]["RefundSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onRefundFailed: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "refund.failed";
                    readonly data: components["schemas"]["RefundSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onPaymentFailed: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "payment.failed";
                    readonly data: components["schemas"]["PaymentSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onPaymentDisputed: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "payment.disputed";
                    readonly data: components["schemas"]["PaymentSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onPaymentDisputeWon: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "payment.dispute_won";
                    readonly data: components["schemas"]["PaymentSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onPaymentChargedBack: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "payment.charged_back";
                    readonly data: components["schemas"]["PaymentSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onAccountToppedUp: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "account.topped_up";
                    readonly data: components["schemas"]["TopUpSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onAccountTopUpReversed: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "account.top_up_reversed";
                    readonly data: components["schemas"]["TopUpSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onAccountCredited: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "account.credited";
                    readonly data: components["schemas"]["TopUpSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onBalanceLow: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "balance.low";
                    readonly data: components["schemas"]["BalanceSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onInvoiceIssued: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "invoice.issued";
                    readonly data: components["schemas"]["InvoiceSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onCreditNoteIssued: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "credit_note.issued";
                    readonly data: components["schemas"]["InvoiceSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onWebhookEndpointTested: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "webhook_endpoint.tested";
                    readonly data: components["schemas"]["WebhookEndpointSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly onWebhookEndpointDisabled: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /**
                 * @description The id of the event: the same in every attempt, so that a repeated one is recognised
                 * @example 01985f52-0c4f-7e91-a3d6-4b7c9e1f0a58
                 */
                readonly "webhook-id": string;
                /**
                 * @description When it was sent, in seconds since 1970. Refuse one that is old
                 * @example 1771182000
                 */
                readonly "webhook-timestamp": string;
                /**
                 * @description One signature for each secret that is valid, separated by spaces: `v1,` and the Base64 of an HMAC-SHA256 of id, timestamp and body, with dots between
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: uuid
                     * @description Of the event: the same wherever and however often it is sent
                     * @example 01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44
                     */
                    readonly id: string;
                    /**
                     * Format: date-time
                     * @description When it occurred
                     * @example 2026-02-15T13:00:00.000Z
                     */
                    readonly timestamp: string;
                    /** @enum {string} */
                    readonly type: "webhook_endpoint.disabled";
                    readonly data: components["schemas"]["WebhookEndpointSnapshot"];
                };
            };
        };
        readonly responses: {
            /** @description This endpoint is gone: nothing is sent to it any more */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. The body of the answer is not read */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken. It is sent again later */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
