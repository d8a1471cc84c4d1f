const it = new Intl.NumberFormat('en')
class Euros extends Intl.NumberFormat {
  sign = '€'
}
const euros = new Euros('en')
export default () => [it.format(1234.5), euros.format(1234.5), euros instanceof Euros && euros.sign === '€']
