interface NumbersProps {
  caption: string
  head: readonly string[]
  rows: readonly (readonly string[])[]
}

/** What a picture shows as a table, for readers of screens. */
export function Numbers({ caption, head, rows }: NumbersProps) {
  return (
    // A table is as wide as what is in it, whatever it is told: something around it has to clip it.
    <div className="sr-only">
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name}>{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...numbers]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {numbers.map((number, index) => (
                <td key={head[index + 1]}>{number}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
