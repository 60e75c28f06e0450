package dev.superpose.plan;

/// What may be spent: operations, money or time. The last two are worth what [Hardware] makes of
/// them.
public sealed interface Budget {

    /// The budget in floating-point operations.
    ///
    /// @throws IllegalArgumentException if it is money and the hardware has no price
    double flops(Hardware hardware);

    /// Floating-point operations.
    ///
    /// @param amount positive
    record Flops(double amount) implements Budget {
        public Flops {
            check("a budget in FLOPs", amount);
        }

        @Override
        public double flops(Hardware hardware) {
            return amount;
        }
    }

    /// Money for rented accelerators, in the currency of their price.
    ///
    /// @param amount positive
    record Money(double amount) implements Budget {
        public Money {
            check("a budget of money", amount);
        }

        @Override
        public double flops(Hardware hardware) {
            double price = hardware.pricePerHour()
                    .orElseThrow(
                            () -> new IllegalArgumentException("a budget of money needs the price of an hour of one "
                                    + hardware.gpu().name()));
            return amount / price * hardware.flopsPerGpuHour();
        }
    }

    /// Time on all accelerators.
    ///
    /// @param hours positive
    record Time(double hours) implements Budget {
        public Time {
            check("a budget of hours", hours);
        }

        @Override
        public double flops(Hardware hardware) {
            return hours * hardware.count() * hardware.flopsPerGpuHour();
        }
    }

    private static void check(String what, double amount) {
        if (!(amount > 0 && amount < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("%s must be positive and finite, is %s".formatted(what, amount));
        }
    }
}
