const odd = /* before */ async /* a */ ( /* b */ x /* c */ = /\/\*[`'"]/.source, // line
) /* d */ => /* e */ { // ` ' "
  return `${x}${`${'}'}`}` /* f */
}
export default async () => odd()
