/// A point in local time, given to a template in place of the clock, so that a rendering can be repeated.
public struct ChatDate: Sendable, Hashable {
    /// Years of the Gregorian calendar, month from 1 and day from 1.
    public let year: Int, month: Int, day: Int
    /// Hour from 0 to 23, minute and second.
    public let hour: Int, minute: Int, second: Int

    /// A date; each part is brought into its range (years 1 to 9999, days 1 to 31).
    public init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
        self.year = min(max(year, 1), 9999)
        self.month = min(max(month, 1), 12)
        self.day = min(max(day, 1), 31)
        self.hour = min(max(hour, 0), 23)
        self.minute = min(max(minute, 0), 59)
        self.second = min(max(second, 0), 59)
    }

    /// 26 July 2024 at noon.
    public static let sample = ChatDate(year: 2024, month: 7, day: 26, hour: 12)

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    private static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

    /// The date in the form of C's `strftime` in the C locale; `nil` when `format` has a directive other than
    /// `%Y %y %m %d %e %-d %-m %B %b %h %A %a %H %I %M %S %p %j %F %T %%`.
    func formatted(_ format: String) -> String? {
        var text = ""
        var rest = Substring(format).unicodeScalars
        while let scalar = rest.popFirst() {
            guard scalar == "%" else {
                text.unicodeScalars.append(scalar)
                continue
            }
            guard var letter = rest.popFirst() else { return nil }
            let isBare = letter == "-"
            if isBare {
                guard let next = rest.popFirst() else { return nil }
                letter = next
            }
            guard let part = isBare ? bareField(letter) : field(letter) else { return nil }
            text += part
        }
        return text
    }

    private func bareField(_ letter: Unicode.Scalar) -> String? {
        switch letter {
        case "d": String(day)
        case "m": String(month)
        case "H": String(hour)
        default: nil
        }
    }

    private func field(_ letter: Unicode.Scalar) -> String? {
        switch letter {
        case "Y": String(year)
        case "y": Self.padded(year % 100)
        case "m": Self.padded(month)
        case "d": Self.padded(day)
        case "e": Self.padded(day, with: " ")
        case "B": Self.months[month - 1]
        case "b", "h": String(Self.months[month - 1].prefix(3))
        case "A": Self.weekdays[weekday]
        case "a": String(Self.weekdays[weekday].prefix(3))
        case "H": Self.padded(hour)
        case "I": Self.padded(hour % 12 == 0 ? 12 : hour % 12)
        case "M": Self.padded(minute)
        case "S": Self.padded(second)
        case "p": hour < 12 ? "AM" : "PM"
        case "j": Self.padded(dayOfYear, to: 3)
        case "F": "\(year)-\(Self.padded(month))-\(Self.padded(day))"
        case "T": "\(Self.padded(hour)):\(Self.padded(minute)):\(Self.padded(second))"
        case "%": "%"
        default: nil
        }
    }

    private static func padded(_ number: Int, to width: Int = 2, with filler: Character = "0") -> String {
        let digits = String(number)
        return String(repeating: filler, count: max(0, width - digits.count)) + digits
    }

    private var isLeapYear: Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    private var dayOfYear: Int {
        let before = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334][month - 1]
        return before + day + (isLeapYear && month > 2 ? 1 : 0)
    }

    /// Days since Sunday: 1 January of year 1 was a Monday.
    private var weekday: Int {
        let past = year - 1
        return (past * 365 + past / 4 - past / 100 + past / 400 + dayOfYear) % 7
    }
}
