import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Landmark, Link2, Smartphone, Wallet, type LucideIcon } from 'lucide-react'
import type { PayHandleKind } from '../../../api/schema.generated'

interface Kind {
  label: MessageDescriptor
  icon: LucideIcon
  /** What the field for its value is called. */
  field: MessageDescriptor
  placeholder: string
  /** What to say when the value is refused. */
  wrong: MessageDescriptor
  /** Whether it needs the name of the account's holder. */
  hasHolder: boolean
}

/** What is told about each way to be paid. */
export const KINDS: Record<PayHandleKind, Kind> = {
  IBAN: {
    label: msg`Bank account`,
    icon: Landmark,
    field: msg`IBAN`,
    placeholder: 'DE89 3704 0044 0532 0130 00',
    wrong: msg`This is not an IBAN. Check its digits.`,
    hasHolder: true,
  },
  PAYPAL: {
    label: msg`PayPal`,
    icon: Wallet,
    field: msg`Your PayPal.me name`,
    placeholder: 'paypal.me/name',
    wrong: msg`This is not the name of a PayPal.me page.`,
    hasHolder: false,
  },
  REVOLUT: {
    label: msg`Revolut`,
    icon: Wallet,
    field: msg`Your Revolut name`,
    placeholder: 'revolut.me/name',
    wrong: msg`This is not the name of a Revolut page.`,
    hasHolder: false,
  },
  UPI: {
    label: msg`UPI`,
    icon: Smartphone,
    field: msg`UPI address`,
    placeholder: 'name@bank',
    wrong: msg`A UPI address is written as name@bank.`,
    hasHolder: true,
  },
  LINK: {
    label: msg`Link`,
    icon: Link2,
    field: msg`Link to a page where you can be paid`,
    placeholder: 'https://',
    wrong: msg`A link begins with https:// and has at most 500 characters.`,
    hasHolder: false,
  },
}

/** The method that a payment is recorded with when it was made in one of the receiver's ways. */
export function methodOf({ kind }: { kind: PayHandleKind }): 'BANK_TRANSFER' | 'OTHER' {
  return kind === 'IBAN' || kind === 'UPI' ? 'BANK_TRANSFER' : 'OTHER'
}
