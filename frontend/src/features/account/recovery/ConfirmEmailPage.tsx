import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useEffect, useRef, useState } from 'react'
import { usePlainAction } from '../../../api/usePlainAction'
import { LinkButton } from '../../../ui/Button'
import { FormError } from '../../../ui/Field'
import { SkeletonRows } from '../../../ui/states'
import { useTitle } from '../../../ui/useTitle'
import { AccountFrame } from '../AccountFrame'
import { ConfirmEmail } from './plain.generated'
import { useLinkToken } from './linkToken'

/** Where the link of a mail address leads: following it confirms the address. */
export function ConfirmEmailPage() {
  useTitle(t`Your email address`)
  const token = useLinkToken()
  const { run, refusal } = usePlainAction(ConfirmEmail)
  const [confirmed, setConfirmed] = useState(false)
  const asked = useRef(false)

  useEffect(() => {
    // A token counts once; effects run twice while developing.
    if (asked.current) return
    asked.current = true
    void run({ token }).then((data) => {
      if (data) setConfirmed(true)
    })
  }, [run, token])

  const lead = confirmed ? t`Mail of Quits reaches you there.` : t`One moment.`
  return (
    <AccountFrame
      title={confirmed ? t`Your address is confirmed` : t`Your email address`}
      lead={refusal ? undefined : lead}
    >
      <FormError>{refusal?.message}</FormError>
      {!confirmed && !refusal && <SkeletonRows rows={1} label={t`Confirming your address`} />}
      {(confirmed || refusal) && (
        <LinkButton to="/">
          <Trans>To Quits</Trans>
        </LinkButton>
      )}
    </AccountFrame>
  )
}
