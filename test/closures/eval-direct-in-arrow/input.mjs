const secret = 4
export const args = ['secret + 1']
export default text => eval(text)
