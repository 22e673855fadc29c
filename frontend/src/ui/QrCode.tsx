import { QRCodeSVG } from 'qrcode.react'

interface QrCodeProps {
  value: string
  /** What scanning it does. */
  title: string
}

/** A QR code, black on white in every theme: what a camera reads best. */
export function QrCode({ value, title }: QrCodeProps) {
  return (
    <div className="justify-self-center rounded-2xl border border-line bg-white p-4">
      <QRCodeSVG value={value} size={176} level="M" marginSize={0} title={title} />
    </div>
  )
}
